// The look of the mirror; joined to the element's own.

/** Style text for the shadow root. */
export const mirrorStyle = `
.mirror{position:fixed;inset:0;width:100%;height:100%;max-width:none;max-height:none;margin:0;padding:0;border:0;background:#111;color:#fff;overflow:hidden;font:16px/1.45 system-ui,sans-serif}
.mirror::backdrop{background:#111}
.mirror .stage{cursor:default;touch-action:manipulation}
.mirror[data-mirrored] canvas{transform:scaleX(-1)}
.mirror[data-state=ask] .stage,.mirror[data-state=starting] .stage,.mirror[data-state=failed] .stage{visibility:hidden}
.mirror .bar-top,.mirror .below{position:absolute;inset-inline:12px;pointer-events:none}
.mirror .bar-top,.mirror .bar-bottom{display:flex;flex-wrap:wrap;gap:8px;align-items:start}
.mirror .below{bottom:max(12px,env(safe-area-inset-bottom));display:grid;gap:12px;justify-items:center}
.mirror .bar-top{z-index:1;top:max(12px,env(safe-area-inset-top))}
.mirror .bar-bottom{justify-content:center;align-items:end}
.mirror .bar-top>*,.mirror .bar-bottom>*{pointer-events:auto}
.mirror .space{flex:1;pointer-events:none}
.mirror .sign,.mirror .said{margin:0;padding:8px 14px;border-radius:20px;background:#111c;color:#fff}
.mirror .sign::before{content:"";display:inline-block;width:10px;height:10px;margin-inline-end:8px;border-radius:50%;background:#ff5a4f}
.mirror .said{max-width:34rem;text-align:center}
.mirror .said:empty{display:none}
.mirror .sheet{position:absolute;inset:0;display:grid;place-content:center;justify-items:center;gap:14px;padding:24px;text-align:center;overflow:auto;background:#161817f2}
.mirror .sheet p{margin:0;max-width:34rem}
.mirror .sheet h2{margin:0;font-size:26px}
.mirror .line{display:flex;flex-wrap:wrap;gap:10px;justify-content:center}
.mirror .pill.main{background:var(--_accent);color:var(--_on-accent);border-color:transparent}
.mirror .pill.round{width:44px;padding:0;justify-content:center}
.mirror .pill[aria-disabled=true]{opacity:.5}
.mirror select,.mirror input{font:inherit;min-height:44px;padding:6px 10px;border-radius:12px;border:1px solid #fff5;background:#222;color:#fff;max-width:14rem}
.mirror .face{padding:0;border-radius:14px;overflow:hidden;border:2px solid #fff5;background:none;cursor:pointer}
.mirror .face img{display:block;width:96px;height:96px;object-fit:cover}
.mirror .looks{grid-template-columns:repeat(auto-fit,minmax(min(300px,45%),1fr));place-content:stretch;justify-items:stretch}
.mirror .looks figure{margin:0;display:grid;gap:6px;justify-items:center}
.mirror .looks canvas{position:static;width:100%;height:auto;max-height:70vh;object-fit:contain;border-radius:12px}
.mirror[data-mirrored] .looks canvas{transform:none}
.mirror .looks .line{grid-column:1/-1}
.mirror .fit{position:absolute;inset:64px 12px auto auto;width:min(320px,calc(100% - 24px));display:grid;gap:10px;padding:16px;border-radius:var(--_radius);background:var(--_surface);color:var(--_ink)}
.mirror .fit p,.mirror .fit h2{margin:0}.mirror .fit h2{font-size:18px}
.mirror .fit input{background:var(--_surface);color:var(--_ink);border-color:var(--_line);width:6rem}
.mirror .fit small{color:var(--_soft)}
`;
