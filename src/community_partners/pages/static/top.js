(function(){"use strict";
var look=":host{display:block;font:var(--partners-font,inherit);color:var(--partners-color,inherit)}ol{display:flex;flex-wrap:wrap;gap:var(--partners-gap,1rem);list-style:none;margin:0 0 .5rem;padding:0}li{display:flex;gap:.7rem;align-items:center;flex:1 1 14rem;min-width:0;overflow-wrap:anywhere;padding:.8rem;border:1px solid var(--partners-border,#8886);border-radius:.6rem}img{width:48px;height:48px;object-fit:contain;background:#fff;border-radius:.4rem;padding:3px;box-sizing:border-box}a{color:var(--partners-link,inherit);font-weight:600}p{margin:.1rem 0 0;font-size:.9em}";
function make(tag,text,more){var e=document.createElement(tag);if(text)e.textContent=text;for(var k in more)e.setAttribute(k,more[k]);return e}
function web(path,base){try{var u=new URL(path,base);return/^https?:$/.test(u.protocol)?u.href:""}catch(e){return""}}
class Top extends HTMLElement{
connectedCallback(){
 if(this.shadowRoot)return;
 var root=this.attachShadow({mode:"open"}),src=web(this.getAttribute("src")||"",document.baseURI),box=make("div");
 root.append(make("style",look),box);
 function link(words,to){var a=make("a",words,to?{href:to}:{});return a}
 function fail(){box.replaceChildren(link("Partners",src&&web("../",src)))}
 if(!src)return fail();
 fetch(src,{credentials:"omit"}).then(function(r){if(!r.ok)throw r.status;return r.json()}).then(function(d){
  if(!Array.isArray(d.partners)||!d.partners.length)return fail();
  var ul=make("ol");
  d.partners.forEach(function(p){
   var li=make("li"),logo=p.logo&&web(p.logo,src),about=make("div");
   if(logo)li.append(make("img","",{src:logo,alt:"",width:48,height:48,loading:"lazy"}));
   if(p.rank)about.append(make("small",p.rank+". "));about.append(link(String(p.name),web(p.page,src)));
   if(p.line)about.append(make("p",String(p.line)));
   li.append(about);ul.append(li)});
  box.replaceChildren(ul,link(String(d.title||"Partners"),web(d.page||"../",src)))}).catch(fail)}}
if(!customElements.get("community-partners-top"))customElements.define("community-partners-top",Top)})();
