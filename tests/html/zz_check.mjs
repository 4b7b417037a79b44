import {HtmlValidate} from "html-validate"; import {readdirSync} from "node:fs"; import {chromium} from "playwright-core";
const F="/tmp/s15/html"; let bad=0,n=0,browser;
const checker=new HtmlValidate({extends:["html-validate:recommended"],rules:{"no-trailing-whitespace":"off","long-title":"off"}});
for(const f of readdirSync(F).filter(f=>f.endsWith(".html"))){
 if(n++%20==0){await browser?.close(); browser=await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox","--disable-gpu"],timeout:60000});}
 const r=await checker.validateFile(F+"/"+f); const said=r.results.flatMap(o=>o.messages.map(m=>`${m.line}: ${m.ruleId}: ${m.message}`));
 if(said.length){bad++; console.log(f,said.slice(0,3));}
 try { const c=await browser.newContext({viewport:{width:1000,height:800}});
 const p=await c.newPage(); const asked=[],errs=[]; p.on("request",q=>{if(!q.url().startsWith("file:"))asked.push(q.url())}); p.on("console",m=>errs.push(m.text())); p.on("pageerror",e=>errs.push(String(e)));
 await p.goto("file://"+F+"/"+f); const h=await p.evaluate(()=>window.hacked); if(asked.length||errs.length||h){bad++;console.log(f,asked,errs,h)} await c.close(); }
 catch(e){ bad++; console.log(f,String(e).slice(0,200)); browser=await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox","--disable-gpu"],timeout:60000}); }
}
console.log(n,"pages",bad,"bad"); await browser.close();
