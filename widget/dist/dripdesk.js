var Ze=Object.defineProperty;var et=(s,e,t)=>e in s?Ze(s,e,{enumerable:!0,configurable:!0,writable:!0,value:t}):s[e]=t;var ee=(s,e,t)=>et(s,typeof e!="symbol"?e+"":e,t);var L=globalThis,D=L.ShadowRoot&&(L.ShadyCSS===void 0||L.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,ue=Symbol(),pe=new WeakMap,q=class{constructor(e,t,i){if(this._$cssResult$=!0,i!==ue)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(D&&e===void 0){let i=t!==void 0&&t.length===1;i&&(e=pe.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),i&&pe.set(t,e))}return e}toString(){return this.cssText}},I=s=>new q(typeof s=="string"?s:s+"",void 0,ue);var fe=(s,e)=>{if(D)s.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let i=document.createElement("style"),r=L.litNonce;r!==void 0&&i.setAttribute("nonce",r),i.textContent=t.cssText,s.appendChild(i)}},te=D?s=>s:s=>s instanceof CSSStyleSheet?(e=>{let t="";for(let i of e.cssRules)t+=i.cssText;return I(t)})(s):s;var{is:tt,defineProperty:st,getOwnPropertyDescriptor:it,getOwnPropertyNames:rt,getOwnPropertySymbols:nt,getPrototypeOf:ot}=Object,B=globalThis,me=B.trustedTypes,at=me?me.emptyScript:"",lt=B.reactiveElementPolyfillSupport,M=(s,e)=>s,se={toAttribute(s,e){switch(e){case Boolean:s=s?at:null;break;case Object:case Array:s=s==null?s:JSON.stringify(s)}return s},fromAttribute(s,e){let t=s;switch(e){case Boolean:t=s!==null;break;case Number:t=s===null?null:Number(s);break;case Object:case Array:try{t=JSON.parse(s)}catch{t=null}}return t}},ve=(s,e)=>!tt(s,e),ge={attribute:!0,type:String,converter:se,reflect:!1,useDefault:!1,hasChanged:ve};Symbol.metadata??=Symbol("metadata"),B.litPropertyMetadata??=new WeakMap;var $=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=ge){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let i=Symbol(),r=this.getPropertyDescriptor(e,i,t);r!==void 0&&st(this.prototype,e,r)}}static getPropertyDescriptor(e,t,i){let{get:r,set:n}=it(this.prototype,e)??{get(){return this[t]},set(o){this[t]=o}};return{get:r,set(o){let l=r?.call(this);n?.call(this,o),this.requestUpdate(e,l,i)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??ge}static _$Ei(){if(this.hasOwnProperty(M("elementProperties")))return;let e=ot(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(M("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(M("properties"))){let t=this.properties,i=[...rt(t),...nt(t)];for(let r of i)this.createProperty(r,t[r])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[i,r]of t)this.elementProperties.set(i,r)}this._$Eh=new Map;for(let[t,i]of this.elementProperties){let r=this._$Eu(t,i);r!==void 0&&this._$Eh.set(r,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let i=new Set(e.flat(1/0).reverse());for(let r of i)t.unshift(te(r))}else e!==void 0&&t.push(te(e));return t}static _$Eu(e,t){let i=t.attribute;return i===!1?void 0:typeof i=="string"?i:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let i of t.keys())this.hasOwnProperty(i)&&(e.set(i,this[i]),delete this[i]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return fe(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,i){this._$AK(e,i)}_$ET(e,t){let i=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,i);if(r!==void 0&&i.reflect===!0){let n=(i.converter?.toAttribute!==void 0?i.converter:se).toAttribute(t,i.type);this._$Em=e,n==null?this.removeAttribute(r):this.setAttribute(r,n),this._$Em=null}}_$AK(e,t){let i=this.constructor,r=i._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let n=i.getPropertyOptions(r),o=typeof n.converter=="function"?{fromAttribute:n.converter}:n.converter?.fromAttribute!==void 0?n.converter:se;this._$Em=r;let l=o.fromAttribute(t,n.type);this[r]=l??this._$Ej?.get(r)??l,this._$Em=null}}requestUpdate(e,t,i,r=!1,n){if(e!==void 0){let o=this.constructor;if(r===!1&&(n=this[e]),i??=o.getPropertyOptions(e),!((i.hasChanged??ve)(n,t)||i.useDefault&&i.reflect&&n===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,i))))return;this.C(e,t,i)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:i,reflect:r,wrapped:n},o){i&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??t??this[e]),n!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||i||(t=void 0),this._$AL.set(e,t)),r===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,n]of this._$Ep)this[r]=n;this._$Ep=void 0}let i=this.constructor.elementProperties;if(i.size>0)for(let[r,n]of i){let{wrapped:o}=n,l=this[r];o!==!0||this._$AL.has(r)||l===void 0||this.C(r,void 0,n,l)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(i=>i.hostUpdate?.()),this.update(t)):this._$EM()}catch(i){throw e=!1,this._$EM(),i}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};$.elementStyles=[],$.shadowRootOptions={mode:"open"},$[M("elementProperties")]=new Map,$[M("finalized")]=new Map,lt?.({ReactiveElement:$}),(B.reactiveElementVersions??=[]).push("2.1.2");var re=globalThis,$e=s=>s,j=re.trustedTypes,ye=j?j.createPolicy("lit-html",{createHTML:s=>s}):void 0,ne="$lit$",y=`lit$${Math.random().toFixed(9).slice(2)}$`,oe="?"+y,dt=`<${oe}>`,k=document,U=()=>k.createComment(""),z=s=>s===null||typeof s!="object"&&typeof s!="function",ae=Array.isArray,ke=s=>ae(s)||typeof s?.[Symbol.iterator]=="function",ie=`[ 	
\f\r]`,O=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,be=/-->/g,xe=/>/g,A=RegExp(`>|${ie}(?:([^\\s"'>=/]+)(${ie}*=${ie}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),_e=/'/g,Ae=/"/g,Se=/^(?:script|style|textarea|title)$/i,le=s=>(e,...t)=>({_$litType$:s,strings:e,values:t}),g=le(1),Ee=le(2),Lt=le(3),b=Symbol.for("lit-noChange"),h=Symbol.for("lit-nothing"),we=new WeakMap,w=k.createTreeWalker(k,129);function Ce(s,e){if(!ae(s)||!s.hasOwnProperty("raw"))throw Error("invalid template strings array");return ye!==void 0?ye.createHTML(e):e}var Te=(s,e)=>{let t=s.length-1,i=[],r,n=e===2?"<svg>":e===3?"<math>":"",o=O;for(let l=0;l<t;l++){let a=s[l],p,f,d=-1,u=0;for(;u<a.length&&(o.lastIndex=u,f=o.exec(a),f!==null);)u=o.lastIndex,o===O?f[1]==="!--"?o=be:f[1]!==void 0?o=xe:f[2]!==void 0?(Se.test(f[2])&&(r=RegExp("</"+f[2],"g")),o=A):f[3]!==void 0&&(o=A):o===A?f[0]===">"?(o=r??O,d=-1):f[1]===void 0?d=-2:(d=o.lastIndex-f[2].length,p=f[1],o=f[3]===void 0?A:f[3]==='"'?Ae:_e):o===Ae||o===_e?o=A:o===be||o===xe?o=O:(o=A,r=void 0);let c=o===A&&s[l+1].startsWith("/>")?" ":"";n+=o===O?a+dt:d>=0?(i.push(p),a.slice(0,d)+ne+a.slice(d)+y+c):a+y+(d===-2?l:c)}return[Ce(s,n+(s[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),i]},H=class s{constructor({strings:e,_$litType$:t},i){let r;this.parts=[];let n=0,o=0,l=e.length-1,a=this.parts,[p,f]=Te(e,t);if(this.el=s.createElement(p,i),w.currentNode=this.el.content,t===2||t===3){let d=this.el.content.firstChild;d.replaceWith(...d.childNodes)}for(;(r=w.nextNode())!==null&&a.length<l;){if(r.nodeType===1){if(r.hasAttributes())for(let d of r.getAttributeNames())if(d.endsWith(ne)){let u=f[o++],c=r.getAttribute(d).split(y),m=/([.?@])?(.*)/.exec(u);a.push({type:1,index:n,name:m[2],strings:c,ctor:m[1]==="."?W:m[1]==="?"?K:m[1]==="@"?G:E}),r.removeAttribute(d)}else d.startsWith(y)&&(a.push({type:6,index:n}),r.removeAttribute(d));if(Se.test(r.tagName)){let d=r.textContent.split(y),u=d.length-1;if(u>0){r.textContent=j?j.emptyScript:"";for(let c=0;c<u;c++)r.append(d[c],U()),w.nextNode(),a.push({type:2,index:++n});r.append(d[u],U())}}}else if(r.nodeType===8)if(r.data===oe)a.push({type:2,index:n});else{let d=-1;for(;(d=r.data.indexOf(y,d+1))!==-1;)a.push({type:7,index:n}),d+=y.length-1}n++}}static createElement(e,t){let i=k.createElement("template");return i.innerHTML=e,i}};function S(s,e,t=s,i){if(e===b)return e;let r=i!==void 0?t._$Co?.[i]:t._$Cl,n=z(e)?void 0:e._$litDirective$;return r?.constructor!==n&&(r?._$AO?.(!1),n===void 0?r=void 0:(r=new n(s),r._$AT(s,t,i)),i!==void 0?(t._$Co??=[])[i]=r:t._$Cl=r),r!==void 0&&(e=S(s,r._$AS(s,e.values),r,i)),e}var V=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:i}=this._$AD,r=(e?.creationScope??k).importNode(t,!0);w.currentNode=r;let n=w.nextNode(),o=0,l=0,a=i[0];for(;a!==void 0;){if(o===a.index){let p;a.type===2?p=new C(n,n.nextSibling,this,e):a.type===1?p=new a.ctor(n,a.name,a.strings,this,e):a.type===6&&(p=new J(n,this,e)),this._$AV.push(p),a=i[++l]}o!==a?.index&&(n=w.nextNode(),o++)}return w.currentNode=k,r}p(e){let t=0;for(let i of this._$AV)i!==void 0&&(i.strings!==void 0?(i._$AI(e,i,t),t+=i.strings.length-2):i._$AI(e[t])),t++}},C=class s{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,i,r){this.type=2,this._$AH=h,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=i,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=S(this,e,t),z(e)?e===h||e==null||e===""?(this._$AH!==h&&this._$AR(),this._$AH=h):e!==this._$AH&&e!==b&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):ke(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==h&&z(this._$AH)?this._$AA.nextSibling.data=e:this.T(k.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:i}=e,r=typeof i=="number"?this._$AC(e):(i.el===void 0&&(i.el=H.createElement(Ce(i.h,i.h[0]),this.options)),i);if(this._$AH?._$AD===r)this._$AH.p(t);else{let n=new V(r,this),o=n.u(this.options);n.p(t),this.T(o),this._$AH=n}}_$AC(e){let t=we.get(e.strings);return t===void 0&&we.set(e.strings,t=new H(e)),t}k(e){ae(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,i,r=0;for(let n of e)r===t.length?t.push(i=new s(this.O(U()),this.O(U()),this,this.options)):i=t[r],i._$AI(n),r++;r<t.length&&(this._$AR(i&&i._$AB.nextSibling,r),t.length=r)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let i=$e(e).nextSibling;$e(e).remove(),e=i}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},E=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,i,r,n){this.type=1,this._$AH=h,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=n,i.length>2||i[0]!==""||i[1]!==""?(this._$AH=Array(i.length-1).fill(new String),this.strings=i):this._$AH=h}_$AI(e,t=this,i,r){let n=this.strings,o=!1;if(n===void 0)e=S(this,e,t,0),o=!z(e)||e!==this._$AH&&e!==b,o&&(this._$AH=e);else{let l=e,a,p;for(e=n[0],a=0;a<n.length-1;a++)p=S(this,l[i+a],t,a),p===b&&(p=this._$AH[a]),o||=!z(p)||p!==this._$AH[a],p===h?e=h:e!==h&&(e+=(p??"")+n[a+1]),this._$AH[a]=p}o&&!r&&this.j(e)}j(e){e===h?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},W=class extends E{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===h?void 0:e}},K=class extends E{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==h)}},G=class extends E{constructor(e,t,i,r,n){super(e,t,i,r,n),this.type=5}_$AI(e,t=this){if((e=S(this,e,t,0)??h)===b)return;let i=this._$AH,r=e===h&&i!==h||e.capture!==i.capture||e.once!==i.once||e.passive!==i.passive,n=e!==h&&(i===h||r);r&&this.element.removeEventListener(this.name,this,i),n&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},J=class{constructor(e,t,i){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=i}get _$AU(){return this._$AM._$AU}_$AI(e){S(this,e)}},Pe={M:ne,P:y,A:oe,C:1,L:Te,R:V,D:ke,V:S,I:C,H:E,N:K,U:G,B:W,F:J},ct=re.litHtmlPolyfillSupport;ct?.(H,C),(re.litHtmlVersions??=[]).push("3.3.3");var Re=(s,e,t)=>{let i=t?.renderBefore??e,r=i._$litPart$;if(r===void 0){let n=t?.renderBefore??null;i._$litPart$=r=new C(e.insertBefore(U(),n),n,void 0,t??{})}return r._$AI(s),r};var de=globalThis,x=class extends ${constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Re(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return b}};x._$litElement$=!0,x.finalized=!0,de.litElementHydrateSupport?.({LitElement:x});var ht=de.litElementPolyfillSupport;ht?.({LitElement:x});(de.litElementVersions??=[]).push("4.2.2");var Me=`:host {
  --accent: var(--dripdesk-accent, #0b6170);
  --on-accent: var(--dripdesk-on-accent, #fff);
  --surface: var(--dripdesk-surface, #fff);
  --ground: var(--dripdesk-ground, #f3f6f7);
  --text: var(--dripdesk-text, #16262b);
  --quiet: var(--dripdesk-quiet, #4b5f66);
  --line: var(--dripdesk-line, #cfdadd);
  --alarm: var(--dripdesk-alarm, #fdecea);
  --on-alarm: var(--dripdesk-on-alarm, #8c1d18);
  --link: var(--dripdesk-link, #0b5a8a);
  --radius: var(--dripdesk-radius, 16px);
  --gap: var(--dripdesk-gap, 20px);
  color: var(--text);
  font: 16px/1.5 var(--dripdesk-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  color-scheme: light dark;
  position: fixed;
  z-index: var(--dripdesk-z, 2147483000);
  inset-block-end: var(--gap);
  inset-inline-end: var(--gap);
}
@media (prefers-color-scheme: dark) {
  :host {
    --accent: var(--dripdesk-accent-dark, #7fd0dc);
    --on-accent: var(--dripdesk-on-accent-dark, #06262c);
    --surface: var(--dripdesk-surface-dark, #182327);
    --ground: var(--dripdesk-ground-dark, #0f181b);
    --text: var(--dripdesk-text-dark, #e8f0f2);
    --quiet: var(--dripdesk-quiet-dark, #a9bcc2);
    --line: var(--dripdesk-line-dark, #3a4b51);
    --alarm: var(--dripdesk-alarm-dark, #45201e);
    --on-alarm: var(--dripdesk-on-alarm-dark, #ffd9d5);
    --link: var(--dripdesk-link-dark, #8ccdf5);
  }
}
*,
::before,
::after {
  box-sizing: border-box;
}
[hidden] {
  display: none !important;
}
button,
textarea {
  font: inherit;
  color: inherit;
}
button {
  cursor: pointer;
  min-block-size: 44px;
}
:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
}
a {
  color: var(--link);
}
.number {
  white-space: nowrap;
}
svg {
  inline-size: 24px;
  block-size: 24px;
  fill: none;
  stroke: currentcolor;
  stroke-width: 2;
  stroke-linecap: round;
  stroke-linejoin: round;
  flex: none;
}
.launcher {
  display: flex;
  gap: 10px;
  align-items: center;
  padding: 12px 20px;
  border: 0;
  border-radius: 999px;
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
  box-shadow: 0 6px 24px rgb(0 30 40 / 28%);
}
.panel {
  display: flex;
  flex-direction: column;
  inline-size: min(400px, calc(100vw - 2 * var(--gap)));
  block-size: min(640px, calc(100dvh - 2 * var(--gap)));
  overflow: hidden auto;
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--surface);
  box-shadow: 0 12px 48px rgb(0 30 40 / 32%);
}
.header {
  display: flex;
  align-items: center;
  gap: 4px;
  padding: 10px 8px 10px 18px;
  background: var(--accent);
  color: var(--on-accent);
}
.header h2 {
  flex: 1;
  min-inline-size: 0;
  margin: 0;
  font-size: 17px;
  line-height: 1.25;
  overflow-wrap: anywhere;
}
.header small {
  display: block;
  font-size: 13px;
  font-weight: 400;
}
.icon {
  display: grid;
  place-items: center;
  inline-size: 44px;
  padding: 0;
  border: 0;
  border-radius: 10px;
  background: none;
}
.header :focus-visible {
  outline-color: var(--on-accent);
  outline-offset: -4px;
}
.below {
  position: relative; /* the menu hangs from here, and never hides the line above it */
}
.menu {
  position: absolute;
  z-index: 1;
  inset-block-start: 4px;
  inset-inline-end: 8px;
  display: flex;
  flex-direction: column;
  min-inline-size: 240px;
  padding: 6px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--surface);
  color: var(--text);
  box-shadow: 0 8px 32px rgb(0 30 40 / 28%);
}
.menu button {
  padding: 6px 12px;
  border: 0;
  border-radius: 8px;
  background: none;
  text-align: start;
}
.menu button:hover {
  background: var(--ground);
}
.menu :focus-visible {
  outline-color: var(--accent);
}
.alarm {
  margin: 0;
  padding: 8px 18px;
  background: var(--alarm);
  color: var(--on-alarm);
  font-size: 15px;
  font-weight: 600;
}
.alarm a {
  color: inherit;
}
.log {
  flex: 1 0 7rem;
  block-size: 0;
  margin: 0;
  padding: 16px 14px;
  position: relative;
  overflow-y: auto;
  background: var(--ground);
}
.message {
  display: flex;
  flex-direction: column;
  align-items: flex-start;
  margin-block-end: 12px;
}
.message.patient {
  align-items: flex-end;
}
.bubble {
  max-inline-size: 88%;
  margin: 0;
  padding: 10px 14px;
  border: 1px solid var(--line);
  border-radius: 4px 16px 16px;
  background: var(--surface);
  overflow-wrap: anywhere;
  white-space: pre-line;
}
.patient .bubble {
  border-color: transparent;
  border-radius: 16px 16px 4px;
  background: var(--accent);
  color: var(--on-accent);
}
.patient .bubble a {
  color: inherit;
}
.sending .bubble {
  opacity: 0.75;
}
.tools {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0 8px;
  padding-inline: 4px;
  color: var(--quiet);
  font-size: 13px;
}
.tools time {
  padding-block: 4px;
}
.tools button {
  min-block-size: 32px;
  padding: 0 8px;
  border: 0;
  border-radius: 8px;
  background: none;
}
.tools .icon {
  inline-size: 32px;
}
.tools .icon svg {
  inline-size: 18px;
  block-size: 18px;
}
.tools .icon[aria-pressed="true"] svg {
  fill: currentcolor;
}
details {
  inline-size: 100%;
}
summary {
  padding-block: 4px;
  cursor: pointer;
}
details p {
  margin: 0 0 6px;
}
.failed {
  margin: 4px 0 0;
  color: var(--on-alarm);
  background: var(--alarm);
  padding-inline-start: 12px;
  border-radius: 10px;
  font-size: 15px;
}
.failed button {
  border: 0;
  background: none;
  padding: 0 12px;
  font-weight: 600;
  text-decoration: underline;
}
.typing {
  display: flex;
  gap: 5px;
  padding: 14px;
}
.typing i {
  inline-size: 8px;
  block-size: 8px;
  border-radius: 50%;
  background: var(--quiet);
  animation: breathe 1.2s infinite ease-in-out;
}
.typing i:nth-child(2) {
  animation-delay: 0.15s;
}
.typing i:nth-child(3) {
  animation-delay: 0.3s;
}
@keyframes breathe {
  0%,
  80%,
  100% {
    opacity: 0.3;
  }
  40% {
    opacity: 1;
  }
}
.replies {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  padding: 10px 14px 0;
  background: var(--ground);
}
.replies button {
  padding: 6px 14px;
  border: 1px solid var(--accent);
  border-radius: 22px;
  background: var(--surface);
  color: var(--accent);
  text-align: start;
}
.replies button:hover {
  background: var(--accent);
  color: var(--on-accent);
}
.notice {
  margin: 0;
  padding: 6px 18px;
  background: var(--alarm);
  color: var(--on-alarm);
  font-size: 14px;
}
.notice:empty {
  padding: 0;
}
form {
  display: flex;
  align-items: flex-end;
  gap: 8px;
  padding: 10px 12px 8px;
  border-block-start: 1px solid var(--line);
}
textarea {
  flex: 1;
  min-inline-size: 0;
  max-block-size: 120px;
  padding: 9px 14px;
  border: 1px solid var(--quiet);
  border-radius: 22px;
  background: var(--surface);
  resize: none;
  field-sizing: content;
}
textarea::placeholder {
  color: var(--quiet);
  opacity: 1;
}
.send {
  display: grid;
  place-items: center;
  inline-size: 44px;
  padding: 0;
  border: 0;
  border-radius: 50%;
  background: var(--accent);
  color: var(--on-accent);
}
[dir="rtl"] .send svg,
:host(:dir(rtl)) .send svg {
  transform: scaleX(-1);
}
.call {
  margin: 0;
  padding: 0 18px 10px;
  color: var(--quiet);
  font-size: 14px;
}
.unseen {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@media (max-width: 480px) {
  :host([open]) {
    inset: 0;
  }
  .panel {
    inline-size: 100%;
    block-size: 100%;
    border: 0;
    border-radius: 0;
  }
}
@media (forced-colors: active) {
  .launcher,
  .panel,
  .bubble,
  .patient .bubble,
  .send,
  .icon {
    border: 1px solid;
  }
  .typing i {
    background: CanvasText;
  }
}
@media (prefers-reduced-motion: reduce) {
  .typing i {
    animation: none;
  }
}
`;var N=class extends Error{constructor(e,t,i=!1){super(t),this.status=e,this.isFinal=i}},F=class extends EventTarget{constructor(e){super(),this.server=e,this.key=`dripdesk ${e}`,this.store=ut(),this.tabs="BroadcastChannel"in globalThis?new BroadcastChannel(this.key):null,this.ends=0,this.tabs?.addEventListener("message",({data:t})=>{t==="ended"&&(this.ends+=1),this.dispatchEvent(new Event(t))})}close(){this.tabs?.close()}get kept(){let e=JSON.parse(this.store.getItem(this.key)??"null");return e&&Date.now()-e.at<18e5?e:null}keep(e){this.store.setItem(this.key,JSON.stringify({...this.kept,...e,at:Date.now()}))}get isOver(){return this.store.getItem(this.key)!==null&&this.kept===null}async begin(){let e=await this.request("POST","/session",{}),{token:t,clinic:i,messages:r,suggestions:n}=e;this.keep({token:t,clinic:i,suggestions:n,greeting:r})}async restore(){return(await this.request("GET","/conversation")).messages}async send({id:e,text:t}){try{return await this.request("POST","/messages",{id:e,text:t})}catch(i){if(i.status!==401)throw i;return await this.begin(),await this.request("POST","/messages",{id:e,text:t})}}known(){return this.request("GET","/known")}forget(){return this.request("DELETE","/conversation")}rate(e,t){return this.request("POST","/feedback",{id:e,helpful:t})}changed(){this.tabs?.postMessage("changed")}end(){this.ends+=1,this.store.removeItem(this.key),this.tabs?.postMessage("ended")}async request(e,t,i){let{ends:r}=this,n={Authorization:`Bearer ${this.kept?.token??""}`};i&&(n["Content-Type"]="application/json");let o,l;try{o=await fetch(this.server+t,{method:e,headers:n,body:i&&JSON.stringify(i),credentials:"omit",signal:AbortSignal.timeout(2e4)}),l=await o.json()}catch{throw new N(r===this.ends?0:-1,"")}if(r!==this.ends)throw new N(-1,"");if(l.token&&this.keep({token:l.token}),o.ok)return l;throw new N(o.status,l.error?.text??"",[400,413].includes(o.status))}};function ut(){try{return localStorage.setItem("dripdesk","1"),localStorage.removeItem("dripdesk"),localStorage}catch{let s=new Map;return{getItem:e=>s.get(e)??null,setItem:(e,t)=>s.set(e,t),removeItem:e=>s.delete(e)}}}var ft=["greeting","told","refused"];function Y(s){let e=new Map,t=s.map(i=>{let r=`${i.from} ${i.id}`,n=e.get(r)??0;return e.set(r,n+1),{...i,key:`${r} ${n}`}});return t.map((i,r)=>({...i,isRated:mt(i,t[r+1])}))}function mt(s,e){return s.from==="assistant"&&!ft.includes(s.id)&&!(e?.from==="assistant"&&e.id===s.id)}function Oe(){return Array.from(crypto.getRandomValues(new Uint8Array(16)),s=>s.toString(16).padStart(2,"0")).join("")}function ce(s,e){return s.map(({from:t,text:i})=>`${e(t==="patient"?"you":"assistant")}: ${i}`).join(`

`)}function Ue(s,e){let t=window.open("","_blank");if(!t)return;let i=t.document;i.title=e("log");for(let r of ce(s,e).split(`

`)){let n=i.createElement("p");n.textContent=r,i.body.append(n)}t.addEventListener("afterprint",()=>t.close()),t.print()}var ze={open:"Ask a question",title:"Questions?",subtitle:"Automated assistant",close:"Close the chat",emergency:"In an emergency, call 911.",log:"Conversation",you:"You",assistant:"Assistant",placeholder:"Type your question",send:"Send",replies:"Suggested answers",typing:"The assistant is writing",more:"More options",startOver:"Start over",copy:"Copy the conversation",copied:"The conversation is copied.",notCopied:"It could not be copied. Please use print instead.",print:"Print the conversation",known:"What do you know about me?",forget:"Forget me",end:"End chat",ended:"The chat has ended, and this device keeps nothing of it.",source:"Where this comes from",from:"Source",asOf:"Read on",reviewed:"Reviewed on",helpful:"Did this help?",yes:"Yes, this helped",no:"No, this did not help",thanks:"Thank you.",notSent:"Not sent.",retry:"Try again",offline:"No connection. What you write is kept, and sent when you are online again.",unreachable:"I cannot be reached right now. What you write is kept. Please try again in a minute.",call:"Prefer to talk? Call"};var He={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Ne=s=>(...e)=>({_$litDirective$:s,values:e}),Q=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,i){this._$Ct=e,this._$AM=t,this._$Ci=i}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};var{I:gt}=Pe,Le=s=>s;var qe=()=>document.createComment(""),T=(s,e,t)=>{let i=s._$AA.parentNode,r=e===void 0?s._$AB:e._$AA;if(t===void 0){let n=i.insertBefore(qe(),r),o=i.insertBefore(qe(),r);t=new gt(n,o,s,s.options)}else{let n=t._$AB.nextSibling,o=t._$AM,l=o!==s;if(l){let a;t._$AQ?.(s),t._$AM=s,t._$AP!==void 0&&(a=s._$AU)!==o._$AU&&t._$AP(a)}if(n!==r||l){let a=t._$AA;for(;a!==n;){let p=Le(a).nextSibling;Le(i).insertBefore(a,r),a=p}}}return t},_=(s,e,t=s)=>(s._$AI(e,t),s),vt={},De=(s,e=vt)=>s._$AH=e,Ie=s=>s._$AH,X=s=>{s._$AR(),s._$AA.remove()};var Be=(s,e,t)=>{let i=new Map;for(let r=e;r<=t;r++)i.set(s[r],r);return i},je=Ne(class extends Q{constructor(s){if(super(s),s.type!==He.CHILD)throw Error("repeat() can only be used in text expressions")}dt(s,e,t){let i;t===void 0?t=e:e!==void 0&&(i=e);let r=[],n=[],o=0;for(let l of s)r[o]=i?i(l,o):o,n[o]=t(l,o),o++;return{values:n,keys:r}}render(s,e,t){return this.dt(s,e,t).values}update(s,[e,t,i]){let r=Ie(s),{values:n,keys:o}=this.dt(e,t,i);if(!Array.isArray(r))return this.ut=o,n;let l=this.ut??=[],a=[],p,f,d=0,u=r.length-1,c=0,m=n.length-1;for(;d<=u&&c<=m;)if(r[d]===null)d++;else if(r[u]===null)u--;else if(l[d]===o[c])a[c]=_(r[d],n[c]),d++,c++;else if(l[u]===o[m])a[m]=_(r[u],n[m]),u--,m--;else if(l[d]===o[m])a[m]=_(r[d],n[m]),T(s,a[m+1],r[d]),d++,m--;else if(l[u]===o[c])a[c]=_(r[u],n[c]),T(s,r[d],r[u]),u--,c++;else if(p===void 0&&(p=Be(o,c,m),f=Be(l,d,u)),p.has(l[d]))if(p.has(l[u])){let v=f.get(o[c]),Z=v!==void 0?r[v]:null;if(Z===null){let he=T(s,r[d]);_(he,n[c]),a[c]=he}else a[c]=_(Z,n[c]),T(s,r[d],Z),r[v]=null;c++}else X(r[u]),u--;else X(r[d]),d++;for(;c<=m;){let v=T(s,a[m+1]);_(v,n[c]),a[c++]=v}for(;d<=u;){let v=r[d++];v!==null&&X(v)}return this.ut=o,De(s,a),b}});var P=s=>Ee`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${s} /></svg>`,Ve=P("M4 5h16v11H11l-5 4v-4H4z M8 9h8 M8 12h5"),We=P("M6 6l12 12M18 6L6 18"),Ke=P("M12 5.5v.01M12 12v.01M12 18.5v.01"),Ge=P("M4 12h15M13 6l6 6-6 6"),Je=P("M7 11v9H4v-9zM7 11l4-7c2 0 2.5 1.5 2 3l-.8 3H18c1.500 0 2 1 1.700 2.300l-1.300 6c-.3 1-1 1.700-2 1.700H7"),Fe=P("M7 13V4H4v9zM7 13l4 7c2 0 2.500-1.500 2-3l-.8-3H18c1.500 0 2-1 1.700-2.300l-1.300-6c-.3-1-1-1.700-2-1.700H7");var $t=/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(\b(?:1-)?\d{3}-\d{3}-\d{4}\b|\b(?:911|988)\b)/g;function Ye(s){let e=[],t=0;for(let i of s.matchAll($t)){let[r,n,o]=i;i.index>t&&e.push(s.slice(t,i.index)),e.push({text:r,href:n??(o?`mailto:${o}`:`tel:${yt(r)}`)}),t=i.index+r.length}return t<s.length&&e.push(s.slice(t)),e}function yt(s){let e=s.replaceAll("-","");return e.length<10?e:`+1${e.slice(-10)}`}var bt=2e3;function Qe(s){return g`
    <button class="launcher" ?hidden=${s.open} aria-haspopup="dialog" @click=${()=>s.reveal()}>
      ${Ve}<span>${s.say("open")}</span>
    </button>
    <section
      class="panel"
      role="dialog"
      aria-labelledby="title"
      ?hidden=${!s.open}
      @keydown=${e=>s.keydown(e)}
    >
      ${xt(s)}
      <p class="alarm">${Xe(s.say("emergency"))}</p>
      ${_t(s)}
      <div
        class="log"
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label=${s.say("log")}
        tabindex="0"
      >
        ${je(s.messages,({key:e})=>e,e=>At(s,e))}
      </div>
      ${St(s)}
    </section>
    <p class="unseen" role="status">${s.status}</p>
  `}function xt(s){return g`
    <div class="header">
      <h2 id="title">
        ${s.heading||s.clinic?.name||s.say("title")}
        <small>${s.say("subtitle")}</small>
      </h2>
      <button
        class="icon more"
        aria-label=${s.say("more")}
        aria-expanded=${s.hasMenu}
        aria-controls="menu"
        @click=${()=>s.hasMenu=!s.hasMenu}
      >
        ${Ke}
      </button>
      <button class="icon" aria-label=${s.say("close")} @click=${()=>s.close()}>${We}</button>
    </div>
  `}function _t(s){let e=[["startOver",()=>s.startOver()],["copy",()=>s.copy()],["print",()=>s.print()],["known",()=>s.tell(s.conversation.known())],["forget",()=>s.tell(s.conversation.forget(),!0)],["end",()=>s.end()]];return g`
    <div class="below">
      <div class="menu" id="menu" ?hidden=${!s.hasMenu}>
        ${e.map(([t,i])=>g`<button @click=${()=>s.choose(i)}>${s.say(t)}</button>`)}
      </div>
    </div>
  `}function At(s,e){let t=e.from==="patient"?"you":"assistant";return g`
    <div class="message ${e.from} ${e.state??""}">
      <p class="bubble"><span class="unseen">${s.say(t)}: </span>${Xe(e.text)}</p>
      ${e.state==="failed"?g`<p class="failed">
            ${s.say("notSent")}
            <button @click=${()=>s.deliver(e)}>${s.say("retry")}</button>
          </p>`:h}
      <div class="tools" aria-live="off">
        ${e.at?g`<time datetime=${Et(e.at)}>${Ct(e.at)}</time>`:h}
        ${e.isRated?wt(s,e):h}
        ${e.about?kt(s,e.about):h}
      </div>
    </div>
  `}function wt(s,e){let t=(i,r,n)=>g`
    <button
      class="icon"
      aria-label=${s.say(r)}
      aria-pressed=${e.helpful===i}
      @click=${()=>s.rate(e,i)}
    >
      ${n}
    </button>
  `;return g`<span aria-hidden="true">${s.say("helpful")}</span>
    ${t(!0,"yes",Je)} ${t(!1,"no",Fe)}`}function kt(s,{sources:e,as_of:t,reviewed_on:i}){let r=(n,o)=>o?g`<p>${s.say(n)}: ${o}</p>`:h;return g`<details>
    <summary>${s.say("source")}</summary>
    ${r("from",e)} ${r("asOf",t)} ${r("reviewed",i)}
  </details>`}function St(s){let e=s.messages.at(-1),t=e?.id==="greeting"?s.suggestions.map(i=>({title:i,payload:i})):e?.buttons??[];return g`
    ${s.messages.some(({state:i})=>i==="sending")?g`<div class="typing" aria-hidden="true"><i></i><i></i><i></i></div>`:h}
    <div class="replies" role="group" aria-label=${s.say("replies")} ?hidden=${!t.length}>
      ${t.map(({title:i,payload:r})=>g`<button @click=${()=>s.reply(i,r)}>${i}</button>`)}
    </div>
    <p class="notice" role="status">${s.notice}</p>
    <form @submit=${i=>s.submit(i)}>
      <textarea
        rows="1"
        maxlength=${bt}
        enterkeyhint="send"
        aria-label=${s.say("placeholder")}
        placeholder=${s.say("placeholder")}
        @keydown=${i=>s.type(i)}
      ></textarea>
      <button class="send" aria-label=${s.say("send")}>${Ge}</button>
    </form>
    ${s.clinic?.tel?g`<p class="call">
          ${s.say("call")} <a href="tel:${s.clinic.tel}">${s.clinic.phone}</a>
        </p>`:h}
  `}function Xe(s){return Ye(s).map(e=>typeof e=="string"?e:e.href.startsWith("http")?g`<a href=${e.href} target="_blank" rel="noopener noreferrer">${e.text}</a>`:g`<a class="number" href=${e.href}>${e.text}</a>`)}var Et=s=>new Date(s*1e3).toISOString(),Ct=s=>new Date(s*1e3).toLocaleTimeString([],{hour:"numeric",minute:"2-digit"});var Pt=15*1e3,R=class extends x{constructor(){super(),this.open=!1,this.strings={},this.queue=Promise.resolve(),this.status="",this.clear()}clear(){this.messages=[],this.hasMenu=!1,this.notice="",this.clinic=null,this.suggestions=[],this.isReady=!1}connectedCallback(){super.connectedCallback(),this.conversation=new F(this.server),this.conversation.addEventListener("changed",()=>this.isReady&&this.refresh()),this.conversation.addEventListener("ended",()=>this.clear()),this.online=()=>this.isReady?this.resend():this.open&&this.start(),this.offline=()=>this.notice=this.say("offline"),addEventListener("online",this.online),addEventListener("offline",this.offline),this.timer=setInterval(()=>this.conversation.isOver&&this.end(),Pt),this.conversation.isOver&&this.conversation.end(),this.open&&this.start()}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("online",this.online),removeEventListener("offline",this.offline),clearInterval(this.timer),this.conversation.close()}say(e){return this.strings[e]??ze[e]}async start(){if(!this.isReady)try{this.conversation.kept?.token?await this.restore():await this.begin(),this.resend()}catch(e){this.show([]),this.warn(e)}}refresh(){this.queue=this.queue.then(()=>this.restore()).catch(e=>this.warn(e))}async begin(){await this.conversation.begin(),this.show([]),this.isReady=!0,this.notice=""}async restore(){let e;try{e=await this.conversation.restore()}catch(i){if(i.status!==401)throw i;return await this.begin()}let t=this.renderRoot.querySelector(".log");t?.setAttribute("aria-live","off"),this.show(e),this.isReady=!0,this.notice="",await this.updateComplete,t?.setAttribute("aria-live","polite"),this.scroll()}show(e){let{clinic:t,suggestions:i,greeting:r=[],pending:n=[]}=this.conversation.kept??{},o=new Set(e.map(({id:l})=>l));this.clinic=t??null,this.suggestions=i??[],this.messages=Y([...r.map(l=>({...l,from:"assistant",id:"greeting"})),...e,...n.filter(({id:l})=>!o.has(l)).map(l=>({...l,state:"failed"}))])}add(...e){this.messages=Y([...this.messages,...e]),this.scroll()}change(e,t){this.messages=this.messages.map(i=>i.id===e?{...i,...t}:i)}ask(e,t=e){let i={id:Oe(),from:"patient",text:e,send:t,at:Date.now()/1e3};this.conversation.keep({pending:[...this.pending,i]}),this.add({...i,state:"sending"}),this.deliver(i)}get pending(){return this.conversation.kept?.pending??[]}resend(){for(let e of this.messages.filter(({state:t})=>t==="failed"))this.deliver(e)}deliver(e){this.change(e.id,{state:"sending"}),this.queue=this.queue.then(()=>this.exchange(e))}async exchange(e){try{let t=await this.conversation.send({id:e.id,text:e.send});this.settle(e.id),this.isReady||this.welcome(),t.is_new&&(this.messages=[]),this.hear(t.messages,t.id??"told"),this.notice="",this.conversation.changed()}catch(t){t.isFinal?(this.settle(e.id),this.hear([{text:t.message}],"refused")):(this.change(e.id,{state:"failed"}),this.warn(t))}}settle(e){this.change(e,{state:void 0}),this.conversation.keep({pending:this.pending.filter(t=>t.id!==e)})}welcome(){let e=this.messages;this.show([]),this.messages=Y([...this.messages.filter(({id:t})=>t==="greeting"),...e]),this.isReady=!0}hear(e,t){let i=Date.now()/1e3;this.add(...e.map(r=>({...r,id:t,at:i,from:"assistant"})))}warn({status:e,message:t}){e!==-1&&(this.notice=t||this.say(navigator.onLine?"unreachable":"offline"))}async rate(e,t){try{await this.conversation.rate(e.id,t),this.messages=this.messages.map(i=>i.id===e.id&&i.from==="assistant"?{...i,helpful:t}:i),this.status=this.say("thanks")}catch(i){this.warn(i)}}async reveal(){this.open=!0,this.status="",this.start(),await this.updateComplete,this.renderRoot.querySelector("textarea").focus(),this.scroll()}async close(){this.open=!1,this.hasMenu=!1,await this.updateComplete,this.renderRoot.querySelector(".launcher").focus()}end(){let e=this.open;this.conversation.end(),this.clear(),this.status=this.say("ended"),e&&this.close()}async startOver(){try{await this.begin()}catch(e){this.warn(e)}this.conversation.changed()}async tell(e,t){try{let{text:i,messages:r=[{text:i}]}=await e;t&&(this.messages=[],this.conversation.changed()),this.hear(r,"told")}catch(i){this.warn(i)}}async copy(){try{await navigator.clipboard.writeText(ce(this.messages,e=>this.say(e))),this.status=this.say("copied")}catch{this.status=this.say("notCopied")}}print(){Ue(this.messages,e=>this.say(e))}choose(e){this.hasMenu=!1,this.renderRoot.querySelector("textarea").focus(),e()}keydown(e){if(e.key==="Escape"){if(e.stopPropagation(),!this.hasMenu)return void this.close();this.hasMenu=!1,this.renderRoot.querySelector(".more").focus()}}type(e){e.key==="Enter"&&!e.shiftKey&&!e.isComposing&&this.submit(e)}submit(e){e.preventDefault();let t=this.renderRoot.querySelector("textarea"),i=t.value.trim();i&&this.ask(i),t.value="",t.focus()}async scroll(){await this.updateComplete;let e=this.renderRoot.querySelector(".log"),t=[...e.querySelectorAll(".patient")].at(-1);e.scrollTop=t?t.offsetTop-8:0}reply(e,t){this.ask(e,t);let i=this.renderRoot.querySelector("textarea");(matchMedia("(pointer: fine)").matches?i:this.renderRoot.querySelector(".log")).focus()}render(){return Qe(this)}};ee(R,"styles",I(Me)),ee(R,"properties",{server:{},heading:{},open:{type:Boolean,reflect:!0},strings:{attribute:!1},messages:{state:!0},hasMenu:{state:!0},notice:{state:!0},status:{state:!0},clinic:{state:!0}});customElements.define("dripdesk-chat",R);var Rt=[...document.querySelectorAll("script[src]")].find(s=>s.src===import.meta.url);if(!document.querySelector("dripdesk-chat")){let s=document.createElement("dripdesk-chat");s.setAttribute("server",new URL(".",import.meta.url).href.replace(/\/$/,""));for(let[e,t]of Object.entries(Rt?.dataset??{}))s.setAttribute(e,t);document.body.append(s)}
/*! Bundled license information:

@lit/reactive-element/css-tag.js:
  (**
   * @license
   * Copyright 2019 Google LLC
   * SPDX-License-Identifier: BSD-3-Clause
   *)

@lit/reactive-element/reactive-element.js:
lit-html/lit-html.js:
lit-element/lit-element.js:
lit-html/directive.js:
lit-html/directives/repeat.js:
  (**
   * @license
   * Copyright 2017 Google LLC
   * SPDX-License-Identifier: BSD-3-Clause
   *)

lit-html/is-server.js:
  (**
   * @license
   * Copyright 2022 Google LLC
   * SPDX-License-Identifier: BSD-3-Clause
   *)

lit-html/directive-helpers.js:
  (**
   * @license
   * Copyright 2020 Google LLC
   * SPDX-License-Identifier: BSD-3-Clause
   *)
*/
