/** The look of every page. Text and controls have a contrast of at least 4.5 to 1, controls are 48 pixels high. */
export const pagesCss = `
:root { --ink: #1d2330; --paper: #fff; --soft: #f1f3f8; --line: #6b7280; --brand: #1f4e8c; --alarm: #9b1c1c; }
body.online { --brand: #0f5c4d; }
body.transfer { --brand: #6a3d00; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--soft); color: var(--ink);
  font: 1rem/1.6 system-ui, "Noto Sans Thai", "Leelawadee UI", Thonburi, Sarabun, Tahoma, sans-serif; }
:lang(th) { line-height: 1.8; }
.banner { background: #ffd84d; color: #1d2330; padding: .5rem 1rem; text-align: center; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: flex-end; padding: .25rem 1rem; }
nav a, nav span { display: inline-block; min-height: 2.75rem; padding: .5rem 0; color: var(--ink); }
nav span { font-weight: bold; }
main { max-width: 28rem; margin: 0 auto; padding: 1rem; background: var(--paper); }
main.wide { max-width: 80rem; }
h1 { font-size: 1.4rem; line-height: 1.3; color: var(--brand); }
h1:focus { outline: none; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 1rem 0; }
dt { color: #4b5563; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: .5rem 1rem; }
label { display: flex; align-items: center; gap: .75rem; min-height: 3rem; }
label.field { display: block; }
label.off { color: #4b5563; }
input[type=radio] { width: 1.5rem; height: 1.5rem; flex: none; accent-color: var(--brand); }
input:not([type=radio]) { display: block; width: 100%; min-height: 3rem; padding: .5rem; font: inherit; border: 1px solid var(--line); border-radius: .5rem; }
button, a.button { display: block; width: 100%; min-height: 3rem; margin: .75rem 0; padding: .5rem 1rem; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; color: #fff; background: var(--brand); border: 2px solid var(--brand); border-radius: .5rem; cursor: pointer; }
button.second { color: var(--brand); background: var(--paper); }
button[disabled] { color: #4b5563; background: #e5e7eb; border-color: #e5e7eb; cursor: default; }
:focus-visible { outline: 3px solid #b45309; outline-offset: 2px; }
.code { font: 600 1.4rem/1.4 ui-monospace, monospace; letter-spacing: .05em; overflow-wrap: anywhere; }
.alarm { color: var(--alarm); font-weight: 600; }
.hidden { display: none; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .4rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid #d1d5db; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
@media (prefers-reduced-motion: no-preference) { button, a { transition: filter .1s; } button:hover { filter: brightness(1.1); } }
`;
