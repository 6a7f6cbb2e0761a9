import { svg } from "lit";

const icon = (path) =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${path} /></svg>`;

/** Drawn for this widget, on a grid of 24. */
export const CHAT = icon("M4 5h16v11H11l-5 4v-4H4z M8 9h8 M8 12h5");
export const CLOSE = icon("M6 6l12 12M18 6L6 18");
export const MORE = icon("M12 5.5v.01M12 12v.01M12 18.5v.01");
export const SEND = icon("M4 12h15M13 6l6 6-6 6");
export const UP = icon("M7 11v9H4v-9zM7 11l4-7c2 0 2.5 1.5 2 3l-.8 3H18c1.500 0 2 1 1.700 2.300l-1.300 6c-.3 1-1 1.700-2 1.700H7");
export const DOWN = icon("M7 13V4H4v9zM7 13l4 7c2 0 2.500-1.500 2-3l-.8-3H18c1.500 0 2-1 1.700-2.300l-1.300-6c-.3-1-1-1.700-2-1.700H7");
