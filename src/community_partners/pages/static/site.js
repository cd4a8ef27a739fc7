(function(d){"use strict";
d.querySelectorAll(".scripted").forEach(function(e){e.classList.add("on")});
var id=function(x){return d.getElementById(x)},form=id("filters"),jump=id("jump");
d.querySelectorAll(".copy").forEach(function(b){
 if(!navigator.clipboard){b.hidden=true;return}
 b.onclick=function(){navigator.clipboard.writeText(b.previousElementSibling.value).then(function(){b.textContent=b.dataset.done})}});
if(jump){jump.onchange=function(){var o=jump.country.selectedOptions[0],p=id("answer"),row=id(o.value);
 p.hidden=!row;
 if(!row)return;
 p.firstChild.textContent=o.dataset.say||o.text+": "+id("without").querySelector("p").textContent;
 p.lastChild.hash=o.value;
 if(row.closest("details"))row.closest("details").open=true}}
if(!form)return;
var list=id("cards"),more=id("more"),count=id("count"),all=id("all"),whole=false,timer,MANY=150,FIRST=60,
bare=function(t){return t.normalize("NFD").replace(/[\u0300-\u036f]/g,"").toLowerCase()},
cards=[].map.call(list.children,function(e,i){return{e:e,i:i,t:bare(e.textContent),n:e.querySelector("h3").textContent,c:e.dataset.c,s:e.dataset.s.split(" "),d:e.dataset.d}}),
sorts={name:function(a,b){return a.n.localeCompare(b.n)},since:function(a,b){return a.d<b.d?1:a.d>b.d?-1:a.i-b.i},"":function(a,b){return a.i-b.i}},
sorted="",boxes=[].slice.call(form.querySelectorAll("[name=service]")),lands=form.country?[].slice.call(form.country.options,1):[],
picked=function(){return boxes.filter(function(b){return b.checked}).map(function(b){return b.value})};
lands.forEach(function(o){o.n=o.text.replace(/ \(\d+\)$/,"")});
function show(){
 var words=bare(form.q.value).split(/\s+/),c=form.country?form.country.value:"",s=picked(),found=0,shown=0,o=form.sort.value,left={};
 if(o!==sorted){sorted=o;cards.sort(sorts[o]);var f=d.createDocumentFragment();cards.forEach(function(k){f.appendChild(k.e)});list.appendChild(f)}
 cards.forEach(function(k){
  var ok=s.every(function(v){return k.s.indexOf(v)>=0})&&words.every(function(w){return k.t.indexOf(w)>=0});
  if(ok)left[k.c]=(left[k.c]||0)+1;
  ok=ok&&(!c||k.c===c);
  if(ok){found++;k.s.forEach(function(v){left[v]=(left[v]||0)+1})}
  ok=ok&&(whole||cards.length<=MANY||shown<FIRST);
  if(ok)shown++;
  if(k.e.hidden===ok)k.e.hidden=!ok});
 all.hidden=shown===found;
 var n=s.length+(c?1:0),used=n||form.q.value.trim();
 id("active").textContent=n?"("+n+")":"";
 id("clear").hidden=!used;
 clearTimeout(timer);
 timer=setTimeout(function(){
  lands.forEach(function(o){var n=left[o.value]||0;o.text=o.n+" ("+n+")";o.disabled=!n&&!o.selected});
  boxes.forEach(function(b){var n=left[b.value]||0;b.parentNode.querySelector("small").textContent=n;b.parentNode.classList.toggle("none",b.disabled=!n&&!b.checked)});
  count.textContent=found===1?count.dataset.one:found?count.dataset.many.replace("#",found):count.dataset.none;
  var p=new URLSearchParams();
  if(form.q.value.trim())p.set("q",form.q.value.trim());
  if(c)p.set("country",c);
  s.forEach(function(v){p.append("service",v)});
  if(o)p.set("sort",o);
  var to=(p.toString()?"?"+p:location.pathname)+location.hash;
  if(p.toString()!==location.search.slice(1))history.replaceState(null,"",to)},found?300:0)}
function read(){
 var p=new URLSearchParams(location.search),v=p.getAll("service");
 form.q.value=p.get("q")||"";
 ["country","sort"].forEach(function(n){var f=form[n];if(f){f.value=p.get(n)||"";if(f.selectedIndex<0)f.value=""}});
 boxes.forEach(function(b){b.checked=v.indexOf(b.value)>=0});
 show()}
more.onclick=function(){more.setAttribute("aria-expanded",form.classList.toggle("open"))};
form.addEventListener("input",show);
form.addEventListener("submit",function(e){e.preventDefault()});
form.addEventListener("reset",function(){setTimeout(function(){form.q.focus();show()})});
all.onclick=function(){whole=true;show()};
addEventListener("popstate",read);addEventListener("pageshow",function(e){if(e.persisted)read()});
read()})(document);
