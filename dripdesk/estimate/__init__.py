"""What a patient may pay for visits, worked out from figures of a plan that the patient types."""
