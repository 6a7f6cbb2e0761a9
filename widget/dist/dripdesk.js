var Qe=Object.defineProperty;var Xe=(r,e,t)=>e in r?Qe(r,e,{enumerable:!0,configurable:!0,writable:!0,value:t}):r[e]=t;var Z=(r,e,t)=>Xe(r,typeof e!="symbol"?e+"":e,t);var L=globalThis,D=L.ShadowRoot&&(L.ShadyCSS===void 0||L.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,ue=Symbol(),pe=new WeakMap,q=class{constructor(e,t,s){if(this._$cssResult$=!0,s!==ue)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(D&&e===void 0){let s=t!==void 0&&t.length===1;s&&(e=pe.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),s&&pe.set(t,e))}return e}toString(){return this.cssText}},I=r=>new q(typeof r=="string"?r:r+"",void 0,ue);var fe=(r,e)=>{if(D)r.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let s=document.createElement("style"),i=L.litNonce;i!==void 0&&s.setAttribute("nonce",i),s.textContent=t.cssText,r.appendChild(s)}},ee=D?r=>r:r=>r instanceof CSSStyleSheet?(e=>{let t="";for(let s of e.cssRules)t+=s.cssText;return I(t)})(r):r;var{is:Ze,defineProperty:et,getOwnPropertyDescriptor:tt,getOwnPropertyNames:st,getOwnPropertySymbols:it,getPrototypeOf:rt}=Object,B=globalThis,me=B.trustedTypes,nt=me?me.emptyScript:"",ot=B.reactiveElementPolyfillSupport,R=(r,e)=>r,te={toAttribute(r,e){switch(e){case Boolean:r=r?nt:null;break;case Object:case Array:r=r==null?r:JSON.stringify(r)}return r},fromAttribute(r,e){let t=r;switch(e){case Boolean:t=r!==null;break;case Number:t=r===null?null:Number(r);break;case Object:case Array:try{t=JSON.parse(r)}catch{t=null}}return t}},ve=(r,e)=>!Ze(r,e),ge={attribute:!0,type:String,converter:te,reflect:!1,useDefault:!1,hasChanged:ve};Symbol.metadata??=Symbol("metadata"),B.litPropertyMetadata??=new WeakMap;var $=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=ge){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let s=Symbol(),i=this.getPropertyDescriptor(e,s,t);i!==void 0&&et(this.prototype,e,i)}}static getPropertyDescriptor(e,t,s){let{get:i,set:n}=tt(this.prototype,e)??{get(){return this[t]},set(o){this[t]=o}};return{get:i,set(o){let l=i?.call(this);n?.call(this,o),this.requestUpdate(e,l,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??ge}static _$Ei(){if(this.hasOwnProperty(R("elementProperties")))return;let e=rt(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(R("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(R("properties"))){let t=this.properties,s=[...st(t),...it(t)];for(let i of s)this.createProperty(i,t[i])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[s,i]of t)this.elementProperties.set(s,i)}this._$Eh=new Map;for(let[t,s]of this.elementProperties){let i=this._$Eu(t,s);i!==void 0&&this._$Eh.set(i,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let s=new Set(e.flat(1/0).reverse());for(let i of s)t.unshift(ee(i))}else e!==void 0&&t.push(ee(e));return t}static _$Eu(e,t){let s=t.attribute;return s===!1?void 0:typeof s=="string"?s:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let s of t.keys())this.hasOwnProperty(s)&&(e.set(s,this[s]),delete this[s]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return fe(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,s){this._$AK(e,s)}_$ET(e,t){let s=this.constructor.elementProperties.get(e),i=this.constructor._$Eu(e,s);if(i!==void 0&&s.reflect===!0){let n=(s.converter?.toAttribute!==void 0?s.converter:te).toAttribute(t,s.type);this._$Em=e,n==null?this.removeAttribute(i):this.setAttribute(i,n),this._$Em=null}}_$AK(e,t){let s=this.constructor,i=s._$Eh.get(e);if(i!==void 0&&this._$Em!==i){let n=s.getPropertyOptions(i),o=typeof n.converter=="function"?{fromAttribute:n.converter}:n.converter?.fromAttribute!==void 0?n.converter:te;this._$Em=i;let l=o.fromAttribute(t,n.type);this[i]=l??this._$Ej?.get(i)??l,this._$Em=null}}requestUpdate(e,t,s,i=!1,n){if(e!==void 0){let o=this.constructor;if(i===!1&&(n=this[e]),s??=o.getPropertyOptions(e),!((s.hasChanged??ve)(n,t)||s.useDefault&&s.reflect&&n===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,s))))return;this.C(e,t,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:s,reflect:i,wrapped:n},o){s&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??t??this[e]),n!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||s||(t=void 0),this._$AL.set(e,t)),i===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[i,n]of this._$Ep)this[i]=n;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[i,n]of s){let{wrapped:o}=n,l=this[i];o!==!0||this._$AL.has(i)||l===void 0||this.C(i,void 0,n,l)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(t)):this._$EM()}catch(s){throw e=!1,this._$EM(),s}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};$.elementStyles=[],$.shadowRootOptions={mode:"open"},$[R("elementProperties")]=new Map,$[R("finalized")]=new Map,ot?.({ReactiveElement:$}),(B.reactiveElementVersions??=[]).push("2.1.2");var ie=globalThis,$e=r=>r,j=ie.trustedTypes,ye=j?j.createPolicy("lit-html",{createHTML:r=>r}):void 0,re="$lit$",y=`lit$${Math.random().toFixed(9).slice(2)}$`,ne="?"+y,at=`<${ne}>`,k=document,H=()=>k.createComment(""),U=r=>r===null||typeof r!="object"&&typeof r!="function",oe=Array.isArray,ke=r=>oe(r)||typeof r?.[Symbol.iterator]=="function",se=`[ 	
\f\r]`,O=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,be=/-->/g,xe=/>/g,A=RegExp(`>|${se}(?:([^\\s"'>=/]+)(${se}*=${se}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),_e=/'/g,Ae=/"/g,Se=/^(?:script|style|textarea|title)$/i,ae=r=>(e,...t)=>({_$litType$:r,strings:e,values:t}),g=ae(1),Ee=ae(2),Pt=ae(3),b=Symbol.for("lit-noChange"),d=Symbol.for("lit-nothing"),we=new WeakMap,w=k.createTreeWalker(k,129);function Ce(r,e){if(!oe(r)||!r.hasOwnProperty("raw"))throw Error("invalid template strings array");return ye!==void 0?ye.createHTML(e):e}var Te=(r,e)=>{let t=r.length-1,s=[],i,n=e===2?"<svg>":e===3?"<math>":"",o=O;for(let l=0;l<t;l++){let a=r[l],p,f,h=-1,u=0;for(;u<a.length&&(o.lastIndex=u,f=o.exec(a),f!==null);)u=o.lastIndex,o===O?f[1]==="!--"?o=be:f[1]!==void 0?o=xe:f[2]!==void 0?(Se.test(f[2])&&(i=RegExp("</"+f[2],"g")),o=A):f[3]!==void 0&&(o=A):o===A?f[0]===">"?(o=i??O,h=-1):f[1]===void 0?h=-2:(h=o.lastIndex-f[2].length,p=f[1],o=f[3]===void 0?A:f[3]==='"'?Ae:_e):o===Ae||o===_e?o=A:o===be||o===xe?o=O:(o=A,i=void 0);let c=o===A&&r[l+1].startsWith("/>")?" ":"";n+=o===O?a+at:h>=0?(s.push(p),a.slice(0,h)+re+a.slice(h)+y+c):a+y+(h===-2?l:c)}return[Ce(r,n+(r[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),s]},z=class r{constructor({strings:e,_$litType$:t},s){let i;this.parts=[];let n=0,o=0,l=e.length-1,a=this.parts,[p,f]=Te(e,t);if(this.el=r.createElement(p,s),w.currentNode=this.el.content,t===2||t===3){let h=this.el.content.firstChild;h.replaceWith(...h.childNodes)}for(;(i=w.nextNode())!==null&&a.length<l;){if(i.nodeType===1){if(i.hasAttributes())for(let h of i.getAttributeNames())if(h.endsWith(re)){let u=f[o++],c=i.getAttribute(h).split(y),m=/([.?@])?(.*)/.exec(u);a.push({type:1,index:n,name:m[2],strings:c,ctor:m[1]==="."?W:m[1]==="?"?K:m[1]==="@"?F:E}),i.removeAttribute(h)}else h.startsWith(y)&&(a.push({type:6,index:n}),i.removeAttribute(h));if(Se.test(i.tagName)){let h=i.textContent.split(y),u=h.length-1;if(u>0){i.textContent=j?j.emptyScript:"";for(let c=0;c<u;c++)i.append(h[c],H()),w.nextNode(),a.push({type:2,index:++n});i.append(h[u],H())}}}else if(i.nodeType===8)if(i.data===ne)a.push({type:2,index:n});else{let h=-1;for(;(h=i.data.indexOf(y,h+1))!==-1;)a.push({type:7,index:n}),h+=y.length-1}n++}}static createElement(e,t){let s=k.createElement("template");return s.innerHTML=e,s}};function S(r,e,t=r,s){if(e===b)return e;let i=s!==void 0?t._$Co?.[s]:t._$Cl,n=U(e)?void 0:e._$litDirective$;return i?.constructor!==n&&(i?._$AO?.(!1),n===void 0?i=void 0:(i=new n(r),i._$AT(r,t,s)),s!==void 0?(t._$Co??=[])[s]=i:t._$Cl=i),i!==void 0&&(e=S(r,i._$AS(r,e.values),i,s)),e}var V=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:s}=this._$AD,i=(e?.creationScope??k).importNode(t,!0);w.currentNode=i;let n=w.nextNode(),o=0,l=0,a=s[0];for(;a!==void 0;){if(o===a.index){let p;a.type===2?p=new C(n,n.nextSibling,this,e):a.type===1?p=new a.ctor(n,a.name,a.strings,this,e):a.type===6&&(p=new G(n,this,e)),this._$AV.push(p),a=s[++l]}o!==a?.index&&(n=w.nextNode(),o++)}return w.currentNode=k,i}p(e){let t=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(e,s,t),t+=s.strings.length-2):s._$AI(e[t])),t++}},C=class r{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,s,i){this.type=2,this._$AH=d,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=s,this.options=i,this._$Cv=i?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=S(this,e,t),U(e)?e===d||e==null||e===""?(this._$AH!==d&&this._$AR(),this._$AH=d):e!==this._$AH&&e!==b&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):ke(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==d&&U(this._$AH)?this._$AA.nextSibling.data=e:this.T(k.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:s}=e,i=typeof s=="number"?this._$AC(e):(s.el===void 0&&(s.el=z.createElement(Ce(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===i)this._$AH.p(t);else{let n=new V(i,this),o=n.u(this.options);n.p(t),this.T(o),this._$AH=n}}_$AC(e){let t=we.get(e.strings);return t===void 0&&we.set(e.strings,t=new z(e)),t}k(e){oe(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,s,i=0;for(let n of e)i===t.length?t.push(s=new r(this.O(H()),this.O(H()),this,this.options)):s=t[i],s._$AI(n),i++;i<t.length&&(this._$AR(s&&s._$AB.nextSibling,i),t.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let s=$e(e).nextSibling;$e(e).remove(),e=s}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},E=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,s,i,n){this.type=1,this._$AH=d,this._$AN=void 0,this.element=e,this.name=t,this._$AM=i,this.options=n,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=d}_$AI(e,t=this,s,i){let n=this.strings,o=!1;if(n===void 0)e=S(this,e,t,0),o=!U(e)||e!==this._$AH&&e!==b,o&&(this._$AH=e);else{let l=e,a,p;for(e=n[0],a=0;a<n.length-1;a++)p=S(this,l[s+a],t,a),p===b&&(p=this._$AH[a]),o||=!U(p)||p!==this._$AH[a],p===d?e=d:e!==d&&(e+=(p??"")+n[a+1]),this._$AH[a]=p}o&&!i&&this.j(e)}j(e){e===d?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},W=class extends E{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===d?void 0:e}},K=class extends E{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==d)}},F=class extends E{constructor(e,t,s,i,n){super(e,t,s,i,n),this.type=5}_$AI(e,t=this){if((e=S(this,e,t,0)??d)===b)return;let s=this._$AH,i=e===d&&s!==d||e.capture!==s.capture||e.once!==s.once||e.passive!==s.passive,n=e!==d&&(s===d||i);i&&this.element.removeEventListener(this.name,this,s),n&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},G=class{constructor(e,t,s){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(e){S(this,e)}},Me={M:re,P:y,A:ne,C:1,L:Te,R:V,D:ke,V:S,I:C,H:E,N:K,U:F,B:W,F:G},lt=ie.litHtmlPolyfillSupport;lt?.(z,C),(ie.litHtmlVersions??=[]).push("3.3.3");var Pe=(r,e,t)=>{let s=t?.renderBefore??e,i=s._$litPart$;if(i===void 0){let n=t?.renderBefore??null;s._$litPart$=i=new C(e.insertBefore(H(),n),n,void 0,t??{})}return i._$AI(r),i};var le=globalThis,x=class extends ${constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Pe(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return b}};x._$litElement$=!0,x.finalized=!0,le.litElementHydrateSupport?.({LitElement:x});var ht=le.litElementPolyfillSupport;ht?.({LitElement:x});(le.litElementVersions??=[]).push("4.2.2");var Re={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Oe=r=>(...e)=>({_$litDirective$:r,values:e}),J=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,s){this._$Ct=e,this._$AM=t,this._$Ci=s}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};var{I:ct}=Me,He=r=>r;var Ue=()=>document.createComment(""),T=(r,e,t)=>{let s=r._$AA.parentNode,i=e===void 0?r._$AB:e._$AA;if(t===void 0){let n=s.insertBefore(Ue(),i),o=s.insertBefore(Ue(),i);t=new ct(n,o,r,r.options)}else{let n=t._$AB.nextSibling,o=t._$AM,l=o!==r;if(l){let a;t._$AQ?.(r),t._$AM=r,t._$AP!==void 0&&(a=r._$AU)!==o._$AU&&t._$AP(a)}if(n!==i||l){let a=t._$AA;for(;a!==n;){let p=He(a).nextSibling;He(s).insertBefore(a,i),a=p}}}return t},_=(r,e,t=r)=>(r._$AI(e,t),r),dt={},ze=(r,e=dt)=>r._$AH=e,Ne=r=>r._$AH,Y=r=>{r._$AR(),r._$AA.remove()};var Le=(r,e,t)=>{let s=new Map;for(let i=e;i<=t;i++)s.set(r[i],i);return s},qe=Oe(class extends J{constructor(r){if(super(r),r.type!==Re.CHILD)throw Error("repeat() can only be used in text expressions")}dt(r,e,t){let s;t===void 0?t=e:e!==void 0&&(s=e);let i=[],n=[],o=0;for(let l of r)i[o]=s?s(l,o):o,n[o]=t(l,o),o++;return{values:n,keys:i}}render(r,e,t){return this.dt(r,e,t).values}update(r,[e,t,s]){let i=Ne(r),{values:n,keys:o}=this.dt(e,t,s);if(!Array.isArray(i))return this.ut=o,n;let l=this.ut??=[],a=[],p,f,h=0,u=i.length-1,c=0,m=n.length-1;for(;h<=u&&c<=m;)if(i[h]===null)h++;else if(i[u]===null)u--;else if(l[h]===o[c])a[c]=_(i[h],n[c]),h++,c++;else if(l[u]===o[m])a[m]=_(i[u],n[m]),u--,m--;else if(l[h]===o[m])a[m]=_(i[h],n[m]),T(r,a[m+1],i[h]),h++,m--;else if(l[u]===o[c])a[c]=_(i[u],n[c]),T(r,i[h],i[u]),u--,c++;else if(p===void 0&&(p=Le(o,c,m),f=Le(l,h,u)),p.has(l[h]))if(p.has(l[u])){let v=f.get(o[c]),X=v!==void 0?i[v]:null;if(X===null){let de=T(r,i[h]);_(de,n[c]),a[c]=de}else a[c]=_(X,n[c]),T(r,i[h],X),i[v]=null;c++}else Y(i[u]),u--;else Y(i[h]),h++;for(;c<=m;){let v=T(r,a[m+1]);_(v,n[c]),a[c++]=v}for(;h<=u;){let v=i[h++];v!==null&&Y(v)}return this.ut=o,ze(r,a),b}});var De=`:host {
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
`;var N=class extends Error{constructor(e,t,s=!1){super(t),this.status=e,this.isFinal=s}},Q=class extends EventTarget{constructor(e){super(),this.server=e,this.key=`dripdesk ${e}`,this.store=ut(),this.tabs="BroadcastChannel"in globalThis?new BroadcastChannel(this.key):null,this.ends=0,this.tabs?.addEventListener("message",({data:t})=>{t==="ended"&&(this.ends+=1),this.dispatchEvent(new Event(t))})}close(){this.tabs?.close()}get kept(){let e=JSON.parse(this.store.getItem(this.key)??"null");return e&&Date.now()-e.at<18e5?e:null}keep(e){this.store.setItem(this.key,JSON.stringify({...this.kept,...e,at:Date.now()}))}get isOver(){return this.store.getItem(this.key)!==null&&this.kept===null}async begin(){let e=await this.request("POST","/session",{}),{token:t,clinic:s,messages:i,suggestions:n}=e;this.keep({token:t,clinic:s,suggestions:n,greeting:i})}async restore(){return(await this.request("GET","/conversation")).messages}async send({id:e,text:t}){try{return await this.request("POST","/messages",{id:e,text:t})}catch(s){if(s.status!==401)throw s;return await this.begin(),await this.request("POST","/messages",{id:e,text:t})}}known(){return this.request("GET","/known")}forget(){return this.request("DELETE","/conversation")}rate(e,t){return this.request("POST","/feedback",{id:e,helpful:t})}changed(){this.tabs?.postMessage("changed")}end(){this.ends+=1,this.store.removeItem(this.key),this.tabs?.postMessage("ended")}async request(e,t,s){let{ends:i}=this,n={Authorization:`Bearer ${this.kept?.token??""}`};s&&(n["Content-Type"]="application/json");let o,l;try{o=await fetch(this.server+t,{method:e,headers:n,body:s&&JSON.stringify(s),credentials:"omit",signal:AbortSignal.timeout(2e4)}),l=await o.json()}catch{throw new N(i===this.ends?0:-1,"")}if(i!==this.ends)throw new N(-1,"");if(l.token&&this.keep({token:l.token}),o.ok)return l;throw new N(o.status,l.error?.text??"",[400,413].includes(o.status))}};function ut(){try{return localStorage.setItem("dripdesk","1"),localStorage.removeItem("dripdesk"),localStorage}catch{let r=new Map;return{getItem:e=>r.get(e)??null,setItem:(e,t)=>r.set(e,t),removeItem:e=>r.delete(e)}}}var M=r=>Ee`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${r} /></svg>`,Ie=M("M4 5h16v11H11l-5 4v-4H4z M8 9h8 M8 12h5"),Be=M("M6 6l12 12M18 6L6 18"),je=M("M12 5.5v.01M12 12v.01M12 18.5v.01"),Ve=M("M4 12h15M13 6l6 6-6 6"),We=M("M7 11v9H4v-9zM7 11l4-7c2 0 2.5 1.5 2 3l-.8 3H18c1.500 0 2 1 1.700 2.300l-1.300 6c-.3 1-1 1.700-2 1.700H7"),Ke=M("M7 13V4H4v9zM7 13l4 7c2 0 2.500-1.500 2-3l-.8-3H18c1.500 0 2-1 1.700-2.300l-1.300-6c-.3-1-1-1.700-2-1.700H7");var ft=/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(\b(?:1-)?\d{3}-\d{3}-\d{4}\b|\b(?:911|988)\b)/g;function Fe(r){let e=[],t=0;for(let s of r.matchAll(ft)){let[i,n,o]=s;s.index>t&&e.push(r.slice(t,s.index)),e.push({text:i,href:n??(o?`mailto:${o}`:`tel:${mt(i)}`)}),t=s.index+i.length}return t<r.length&&e.push(r.slice(t)),e}function mt(r){let e=r.replaceAll("-","");return e.length<10?e:`+1${e.slice(-10)}`}function he(r,e){return r.map(({from:t,text:s})=>`${e(t==="patient"?"you":"assistant")}: ${s}`).join(`

`)}function Ge(r,e){let t=window.open("","_blank");if(!t)return;let s=t.document;s.title=e("log");for(let i of he(r,e).split(`

`)){let n=s.createElement("p");n.textContent=i,s.body.append(n)}t.addEventListener("afterprint",()=>t.close()),t.print()}var Je={open:"Ask a question",title:"Questions?",subtitle:"Automated assistant",close:"Close the chat",emergency:"In an emergency, call 911.",log:"Conversation",you:"You",assistant:"Assistant",placeholder:"Type your question",send:"Send",replies:"Suggested answers",typing:"The assistant is writing",more:"More options",startOver:"Start over",copy:"Copy the conversation",copied:"The conversation is copied.",notCopied:"It could not be copied. Please use print instead.",print:"Print the conversation",known:"What do you know about me?",forget:"Forget me",end:"End chat",ended:"The chat has ended, and this device keeps nothing of it.",source:"Where this comes from",from:"Source",asOf:"Read on",reviewed:"Reviewed on",helpful:"Did this help?",yes:"Yes, this helped",no:"No, this did not help",thanks:"Thank you.",notSent:"Not sent.",retry:"Try again",offline:"No connection. What you write is kept, and sent when you are online again.",unreachable:"I cannot be reached right now. What you write is kept. Please try again in a minute.",call:"Prefer to talk? Call"};var vt=2e3,$t=["greeting","told","refused"],yt=15*1e3,P=class extends x{constructor(){super(),this.open=!1,this.strings={},this.queue=Promise.resolve(),this.status="",this.clear()}clear(){this.messages=[],this.hasMenu=!1,this.notice="",this.clinic=null,this.suggestions=[],this.isReady=!1}connectedCallback(){super.connectedCallback(),this.conversation=new Q(this.server),this.conversation.addEventListener("changed",()=>this.isReady&&this.refresh()),this.conversation.addEventListener("ended",()=>this.clear()),this.online=()=>this.isReady?this.resend():this.open&&this.start(),this.offline=()=>this.notice=this.say("offline"),addEventListener("online",this.online),addEventListener("offline",this.offline),this.timer=setInterval(()=>this.conversation.isOver&&this.end(),yt),this.conversation.isOver&&this.conversation.end(),this.open&&this.start()}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("online",this.online),removeEventListener("offline",this.offline),clearInterval(this.timer),this.conversation.close()}say(e){return this.strings[e]??Je[e]}async start(){if(!this.isReady)try{this.conversation.kept?.token?await this.restore():await this.begin(),this.resend()}catch(e){this.show([]),this.warn(e)}}refresh(){this.queue=this.queue.then(()=>this.restore()).catch(e=>this.warn(e))}async begin(){await this.conversation.begin(),this.show([]),this.isReady=!0,this.notice=""}async restore(){let e;try{e=await this.conversation.restore()}catch(s){if(s.status!==401)throw s;return await this.begin()}let t=this.renderRoot.querySelector(".log");t?.setAttribute("aria-live","off"),this.show(e),this.isReady=!0,this.notice="",await this.updateComplete,t?.setAttribute("aria-live","polite"),this.scroll()}show(e){let{clinic:t,suggestions:s,greeting:i=[],pending:n=[]}=this.conversation.kept??{},o=new Set(e.map(({id:l})=>l));this.clinic=t??null,this.suggestions=s??[],this.messages=ce([...i.map(l=>({...l,from:"assistant",id:"greeting"})),...e,...n.filter(({id:l})=>!o.has(l)).map(l=>({...l,state:"failed"}))])}add(...e){this.messages=ce([...this.messages,...e]),this.scroll()}change(e,t){this.messages=this.messages.map(s=>s.id===e?{...s,...t}:s)}ask(e,t=e){let s={id:xt(),from:"patient",text:e,send:t,at:Date.now()/1e3};this.conversation.keep({pending:[...this.pending,s]}),this.add({...s,state:"sending"}),this.deliver(s)}get pending(){return this.conversation.kept?.pending??[]}resend(){for(let e of this.messages.filter(({state:t})=>t==="failed"))this.deliver(e)}deliver(e){this.change(e.id,{state:"sending"}),this.queue=this.queue.then(()=>this.exchange(e))}async exchange(e){try{let t=await this.conversation.send({id:e.id,text:e.send});this.settle(e.id),this.isReady||this.welcome(),t.is_new&&(this.messages=[]),this.hear(t.messages,t.id??"told"),this.notice="",this.conversation.changed()}catch(t){t.isFinal?(this.settle(e.id),this.hear([{text:t.message}],"refused")):(this.change(e.id,{state:"failed"}),this.warn(t))}}settle(e){this.change(e,{state:void 0}),this.conversation.keep({pending:this.pending.filter(t=>t.id!==e)})}welcome(){let e=this.messages;this.show([]),this.messages=ce([...this.messages.filter(({id:t})=>t==="greeting"),...e]),this.isReady=!0}hear(e,t){let s=Date.now()/1e3;this.add(...e.map(i=>({...i,id:t,at:s,from:"assistant"})))}warn({status:e,message:t}){e!==-1&&(this.notice=t||this.say(navigator.onLine?"unreachable":"offline"))}async rate(e,t){try{await this.conversation.rate(e.id,t),this.messages=this.messages.map(s=>s.id===e.id&&s.from==="assistant"?{...s,helpful:t}:s),this.status=this.say("thanks")}catch(s){this.warn(s)}}async reveal(){this.open=!0,this.status="",this.start(),await this.updateComplete,this.renderRoot.querySelector("textarea").focus(),this.scroll()}async close(){this.open=!1,this.hasMenu=!1,await this.updateComplete,this.renderRoot.querySelector(".launcher").focus()}end(){let e=this.open;this.conversation.end(),this.clear(),this.status=this.say("ended"),e&&this.close()}async startOver(){try{await this.begin()}catch(e){this.warn(e)}this.conversation.changed()}async tell(e,t){try{let{text:s,messages:i=[{text:s}]}=await e;t&&(this.messages=[],this.conversation.changed()),this.hear(i,"told")}catch(s){this.warn(s)}}async copy(){try{await navigator.clipboard.writeText(he(this.messages,e=>this.say(e))),this.status=this.say("copied")}catch{this.status=this.say("notCopied")}}choose(e){this.hasMenu=!1,this.renderRoot.querySelector("textarea").focus(),e()}keydown(e){if(e.key==="Escape"){if(e.stopPropagation(),!this.hasMenu)return void this.close();this.hasMenu=!1,this.renderRoot.querySelector(".more").focus()}}type(e){e.key==="Enter"&&!e.shiftKey&&!e.isComposing&&this.submit(e)}submit(e){e.preventDefault();let t=this.renderRoot.querySelector("textarea"),s=t.value.trim();s&&this.ask(s),t.value="",t.focus()}async scroll(){await this.updateComplete;let e=this.renderRoot.querySelector(".log"),t=[...e.querySelectorAll(".patient")].at(-1);e.scrollTop=t?t.offsetTop-8:0}render(){return g`
      <button class="launcher" ?hidden=${this.open} aria-haspopup="dialog" @click=${this.reveal}>
        ${Ie}<span>${this.say("open")}</span>
      </button>
      <section
        class="panel"
        role="dialog"
        aria-labelledby="title"
        ?hidden=${!this.open}
        @keydown=${this.keydown}
      >
        ${this.drawHeader()}
        <p class="alarm">${Ye(this.say("emergency"))}</p>
        ${this.drawMenu()}
        <div
          class="log"
          role="log"
          aria-live="polite"
          aria-relevant="additions"
          aria-label=${this.say("log")}
          tabindex="0"
        >
          ${qe(this.messages,({key:e})=>e,e=>this.drawMessage(e))}
        </div>
        ${this.drawFoot()}
      </section>
      <p class="unseen" role="status">${this.status}</p>
    `}drawHeader(){return g`
      <div class="header">
        <h2 id="title">
          ${this.heading||this.clinic?.name||this.say("title")}
          <small>${this.say("subtitle")}</small>
        </h2>
        <button
          class="icon more"
          aria-label=${this.say("more")}
          aria-expanded=${this.hasMenu}
          aria-controls="menu"
          @click=${()=>this.hasMenu=!this.hasMenu}
        >
          ${je}
        </button>
        <button class="icon" aria-label=${this.say("close")} @click=${this.close}>${Be}</button>
      </div>
    `}drawMenu(){let e=[["startOver",()=>this.startOver()],["copy",()=>this.copy()],["print",()=>Ge(this.messages,t=>this.say(t))],["known",()=>this.tell(this.conversation.known())],["forget",()=>this.tell(this.conversation.forget(),!0)],["end",()=>this.end()]];return g`
      <div class="below">
        <div class="menu" id="menu" ?hidden=${!this.hasMenu}>
          ${e.map(([t,s])=>g`<button @click=${()=>this.choose(s)}>${this.say(t)}</button>`)}
        </div>
      </div>
    `}drawMessage(e){let t=e.from==="patient"?"you":"assistant";return g`
      <div class="message ${e.from} ${e.state??""}">
        <p class="bubble"><span class="unseen">${this.say(t)}: </span>${Ye(e.text)}</p>
        ${e.state==="failed"?g`<p class="failed">
              ${this.say("notSent")}
              <button @click=${()=>this.deliver(e)}>${this.say("retry")}</button>
            </p>`:d}
        <div class="tools" aria-live="off">
          ${e.at?g`<time datetime=${_t(e.at)}>${At(e.at)}</time>`:d}
          ${e.isRated?this.drawThumbs(e):d}
          ${e.about?this.drawAbout(e.about):d}
        </div>
      </div>
    `}drawThumbs(e){let t=(s,i,n)=>g`
      <button
        class="icon"
        aria-label=${this.say(i)}
        aria-pressed=${e.helpful===s}
        @click=${()=>this.rate(e,s)}
      >
        ${n}
      </button>
    `;return g`<span aria-hidden="true">${this.say("helpful")}</span>
      ${t(!0,"yes",We)} ${t(!1,"no",Ke)}`}drawAbout({sources:e,as_of:t,reviewed_on:s}){let i=(n,o)=>o?g`<p>${this.say(n)}: ${o}</p>`:d;return g`<details>
      <summary>${this.say("source")}</summary>
      ${i("from",e)} ${i("asOf",t)} ${i("reviewed",s)}
    </details>`}drawFoot(){let e=this.messages.at(-1),t=e?.id==="greeting"?this.suggestions.map(s=>({title:s,payload:s})):e?.buttons??[];return g`
      ${this.messages.some(({state:s})=>s==="sending")?g`<div class="typing" aria-hidden="true"><i></i><i></i><i></i></div>`:d}
      <div class="replies" role="group" aria-label=${this.say("replies")} ?hidden=${!t.length}>
        ${t.map(({title:s,payload:i})=>g`<button @click=${()=>this.reply(s,i)}>${s}</button>`)}
      </div>
      <p class="notice" role="status">${this.notice}</p>
      <form @submit=${this.submit}>
        <textarea
          rows="1"
          maxlength=${vt}
          enterkeyhint="send"
          aria-label=${this.say("placeholder")}
          placeholder=${this.say("placeholder")}
          @keydown=${this.type}
        ></textarea>
        <button class="send" aria-label=${this.say("send")}>${Ve}</button>
      </form>
      ${this.clinic?.tel?g`<p class="call">
            ${this.say("call")} <a href="tel:${this.clinic.tel}">${this.clinic.phone}</a>
          </p>`:d}
    `}reply(e,t){this.ask(e,t);let s=this.renderRoot.querySelector("textarea");(matchMedia("(pointer: fine)").matches?s:this.renderRoot.querySelector(".log")).focus()}};Z(P,"styles",I(De)),Z(P,"properties",{server:{},heading:{},open:{type:Boolean,reflect:!0},strings:{attribute:!1},messages:{state:!0},hasMenu:{state:!0},notice:{state:!0},status:{state:!0},clinic:{state:!0}});function ce(r){let e=new Map,t=r.map(s=>{let i=`${s.from} ${s.id}`,n=e.get(i)??0;return e.set(i,n+1),{...s,key:`${i} ${n}`}});return t.map((s,i)=>({...s,isRated:bt(s,t[i+1])}))}function bt(r,e){return r.from==="assistant"&&!$t.includes(r.id)&&!(e?.from==="assistant"&&e.id===r.id)}function Ye(r){return Fe(r).map(e=>typeof e=="string"?e:e.href.startsWith("http")?g`<a href=${e.href} target="_blank" rel="noopener noreferrer">${e.text}</a>`:g`<a class="number" href=${e.href}>${e.text}</a>`)}function xt(){return Array.from(crypto.getRandomValues(new Uint8Array(16)),r=>r.toString(16).padStart(2,"0")).join("")}var _t=r=>new Date(r*1e3).toISOString(),At=r=>new Date(r*1e3).toLocaleTimeString([],{hour:"numeric",minute:"2-digit"});customElements.define("dripdesk-chat",P);var wt=[...document.querySelectorAll("script[src]")].find(r=>r.src===import.meta.url);if(!document.querySelector("dripdesk-chat")){let r=document.createElement("dripdesk-chat");r.setAttribute("server",new URL(".",import.meta.url).href.replace(/\/$/,""));for(let[e,t]of Object.entries(wt?.dataset??{}))r.setAttribute(e,t);document.body.append(r)}
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
