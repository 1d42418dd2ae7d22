// The look of the store panel; colours come from the element's variables.

import { variantsStyle } from "./variants.js";

/** Style text, joined to the element's own when the panel first opens. */
export const storeStyle = `${variantsStyle}
.panel{position:absolute;inset:0 0 0 auto;width:min(400px,100%);display:flex;flex-direction:column;background:var(--_surface);color:var(--_ink);border-inline-start:1px solid var(--_line);box-shadow:-12px 0 40px #0001;z-index:2;font-size:15px}
.overlay .panel{inset:auto 0 0;margin:auto;width:min(480px,100%);max-height:72%;border:1px solid var(--_line);border-radius:var(--_radius) var(--_radius) 0 0}
.panel header{display:flex;align-items:center;gap:12px;padding:14px 12px 8px 20px}
.panel h2{flex:1;margin:0;font-size:19px;line-height:1.25;font-weight:650;outline:none;letter-spacing:-.01em}
.panel .close{width:44px;height:44px;border:0;border-radius:50%;background:none;color:inherit;font:26px/1 system-ui;cursor:pointer}
.panel .close:hover{background:color-mix(in srgb,var(--_ink) 8%,transparent)}
.panel .body{flex:1;overflow:auto;overscroll-behavior:contain;padding:0 20px 20px;display:flex;flex-direction:column;gap:12px}
.panel p,.panel h3,.panel ul{margin:0;padding:0}
.panel h3{font-size:16px;font-weight:600}
.panel .soft{color:var(--_soft)}.panel .small{font-size:13px}
.panel .said:empty{display:none}
.panel .said{font-weight:500}
.panel .notice{padding:10px 12px;border-radius:8px;background:color-mix(in srgb,var(--_ink) 6%,transparent)}
.panel .wrong{color:light-dark(#9b2226,#ff9d95)}
.panel p.wrong{padding:10px 12px;border-radius:8px;background:light-dark(#fbeceb,#3a1f1e)}
.busy{height:3px;flex:none;border-radius:3px;background:linear-gradient(90deg,transparent,var(--_accent),transparent) 0/40% 100% no-repeat color-mix(in srgb,var(--_ink) 8%,transparent);animation:slide 1.1s infinite linear}
@keyframes slide{from{background-position:-60% 0}to{background-position:160% 0}}
.sizes{display:grid;gap:8px;padding:0 20px 12px}
.near{display:grid;gap:6px;justify-items:start}
.find{display:flex;gap:8px;width:100%}
.panel input:not([type=checkbox]){flex:1;min-width:0;width:100%;min-height:44px;padding:8px 12px;border:1px solid color-mix(in srgb,var(--_ink) 40%,var(--_surface));border-radius:10px;background:transparent;color:inherit;font:inherit;font-size:16px;line-height:1.3}
.panel input:focus-visible,.panel a:focus-visible{outline:3px solid var(--focus-color,#2b7fff);outline-offset:1px}
.panel input[aria-invalid]{border-color:light-dark(#9b2226,#ff9d95)}
.panel .link{border:0;background:none;padding:6px 0;color:light-dark(var(--_accent),var(--_ink));font:inherit;font-weight:600;font-size:15px;line-height:1.2;text-decoration:underline;text-underline-offset:3px;cursor:pointer}
.panel .link[disabled]{opacity:.5;cursor:default}
.near .label{margin-top:4px}
.stores{list-style:none;display:grid;gap:10px}
.card{border:1px solid var(--_line);border-radius:var(--_radius);padding:14px 16px;display:grid;gap:6px}
.card .top{display:flex;gap:12px;justify-content:space-between;align-items:baseline}
.card .pick{justify-self:start;margin-top:6px}
.stock{display:flex;gap:8px;align-items:center;font-weight:550}
.stock i{width:10px;height:10px;border-radius:50%;background:#8a8f8c;flex:none}
.stock[data-tone=good] i{background:#2c8a57}.stock[data-tone=some] i{background:#c98a1b;border-radius:2px}
.stock[data-tone=none] i{background:none;border:2px solid #8a8f8c}.stock[data-tone=ask] i{border-radius:0;transform:rotate(45deg)}
.card[data-tone=none]:not(.receipt) h3{color:var(--_soft)}
.facts{display:flex;flex-wrap:wrap;gap:2px 14px}.facts a{color:inherit}
.contact,.actions{display:grid;gap:12px}
.actions{grid-auto-flow:row;gap:8px}
.actions .pill{justify-content:center;text-decoration:none}
.pill.main{background:var(--_accent);color:var(--_on-accent);border-color:transparent}
.pill[aria-disabled]{opacity:.5;cursor:default}
.field{display:grid;gap:4px}.field>span:first-child{font-weight:550}
.consent{display:flex;gap:10px;align-items:start;font-size:14px;cursor:pointer}
.consent input{width:20px;height:20px;margin:1px 0 0;flex:none;accent-color:var(--_accent)}
.ticket{display:flex;flex-wrap:wrap;gap:16px;align-items:center;margin:6px 0}
.ticket>div{display:grid}
.qr{width:132px;height:132px;border-radius:8px}
.code{font:700 30px/1.2 ui-monospace,monospace;letter-spacing:.08em}
.count{font-variant-numeric:tabular-nums;font-weight:550}
@media (max-width:560px){.panel{position:fixed;inset:auto 0 0;width:auto;max-height:86dvh;border:1px solid var(--_line);border-radius:var(--_radius) var(--_radius) 0 0;box-shadow:0 -12px 40px #0003;z-index:1000}.overlay .panel{position:absolute}}
@media (prefers-reduced-motion:reduce){.busy{animation:none}}
`;
