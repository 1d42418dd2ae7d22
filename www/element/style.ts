// The look of the element's own parts; a page changes it by CSS variables and `::part()`.

/** Style text for the shadow root. Constructable sheets keep it within a strict content security policy. */
export const style = `
:host{display:block;position:relative;width:300px;height:150px;overflow:hidden;
 --_accent:var(--accent-color,#1f4d3f);--_on-accent:var(--on-accent-color,#fff);
 --_surface:var(--panel-background,light-dark(#fff,#1d1f1e));--_ink:var(--panel-color,light-dark(#1b1d1c,#f0f1ee));
 --_soft:color-mix(in srgb,var(--_ink) 62%,var(--_surface));--_line:color-mix(in srgb,var(--_ink) 16%,var(--_surface));
 --_radius:var(--panel-radius,12px);font:16px/1.45 system-ui,sans-serif}
:host([hidden]){display:none}
*,::before,::after{box-sizing:border-box}
[hidden]{display:none!important}
.stage,canvas,.poster,.poster img,.poster ::slotted(*){position:absolute;inset:0;width:100%;height:100%}
.stage{contain:strict;outline:none}
.stage[data-beside]{width:calc(100% - 400px)}
:host([camera-controls]) .stage{cursor:grab;touch-action:pan-y}
:host([camera-controls][touch-action=pan-x]) .stage{touch-action:pan-x}
:host([camera-controls][touch-action=none]) .stage{touch-action:none}
:host([camera-controls]) .stage:active{cursor:grabbing}
.stage:focus-visible,button:focus-visible{outline:3px solid var(--focus-color,#2b7fff);outline-offset:2px}
.stage:focus-visible{outline-offset:-3px}
canvas{display:block}
.poster{background:var(--poster-color,transparent);transition:opacity .3s;padding:0;border:0;margin:0;pointer-events:none}
.poster[data-away]{opacity:0;visibility:hidden;transition:opacity .3s,visibility 0s .3s}
.poster img,.poster ::slotted(img){object-fit:contain}
.poster[data-press]{pointer-events:auto;cursor:pointer}
.bar{position:absolute;inset:0 0 auto;height:var(--progress-bar-height,4px);pointer-events:none;transition:opacity .3s}
.bar[data-away]{opacity:0}
.mask{width:100%;height:100%;background:var(--progress-bar-color,color-mix(in srgb,var(--_accent) 70%,transparent));transform:scaleX(0);transform-origin:0 50%;transition:transform .15s}
.row{position:absolute;inset:auto 12px 12px;display:flex;flex-wrap:wrap;gap:8px;align-items:end;pointer-events:none}
.row>*,.row ::slotted(*){pointer-events:auto}
.grow{flex:1 1 auto;pointer-events:none}
.pill{font:inherit;font-weight:600;font-size:15px;line-height:1.2;min-height:44px;padding:10px 16px;border:1px solid var(--_line);border-radius:999px;background:var(--_surface);color:var(--_ink);cursor:pointer;display:inline-flex;gap:8px;align-items:center}
.pill:hover{border-color:var(--_soft)}
.ar{display:var(--ar-button-display,inline-flex);transform:scale(var(--ar-button-scale,1));background:var(--_accent);color:var(--_on-accent);border-color:transparent}
.pill svg{width:20px;height:20px;flex:none}
.message{position:absolute;inset:auto 12px 12px;margin:auto;max-width:34rem;width:fit-content;padding:14px 16px;border-radius:var(--_radius);background:var(--_surface);color:var(--_ink);border:1px solid var(--_line);box-shadow:0 8px 30px #0002}
.message p{margin:0}.message p+p{margin-top:4px;color:var(--_soft);font-size:14px;overflow-wrap:anywhere}
.message .pill{margin-top:12px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.overlay{display:none}
.overlay[data-on]{display:block;position:fixed;inset:0;width:100%;height:100%;max-width:none;max-height:none;margin:0;padding:0;border:0;background:transparent;overflow:hidden;z-index:2147483000;color:var(--_ink)}
.overlay[data-page]{pointer-events:none}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
@media (forced-colors:active){.pill,.message{border:1px solid}}
`;
