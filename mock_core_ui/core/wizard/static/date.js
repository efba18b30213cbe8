// The vendor's own date field: four controls and a calendar behind a shadow root.

import { button, make, options } from './make.js';

const STYLE = `
:host{display:inline-flex;gap:4px;align-items:center;position:relative}
input,select{font:inherit;padding:3px 5px;border:1px solid #b9b3d6;border-radius:4px}
input{width:2.6em;text-align:right}
button{font:inherit;border:1px solid #b9b3d6;border-radius:4px;background:#f4f2fc;cursor:pointer}
.days{position:absolute;top:2.2em;left:0;z-index:5;background:#fff;border:1px solid #8a80b8;display:grid;
grid-template-columns:repeat(7,2.2em);padding:6px;box-shadow:0 3px 10px #0003}
.days span{grid-column:span 7;text-align:center}
`;

const PARTS = ['元号', '年', '月', '日'];

class EraDate extends HTMLElement {
  // Called once, before it stands in the page.
  begin({ title, eras, parts, values, changed, required }) {
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', title);
    const root = this.attachShadow({ mode: 'open' });
    this.controls = PARTS.slice(0, parts).map((label, at) => {
      const el = at === 0 ? make('select', { 'aria-label': label }, options(eras, values[at]))
        : make('input', { type: 'text', 'aria-label': label, inputmode: 'numeric', maxlength: '2', value: values[at] || '' });
      el.setAttribute('part', 'control');
      if (required) el.setAttribute('aria-required', 'true');
      el.addEventListener('focusout', () => changed(at, el.value.trim()));
      return el;
    });
    this.eras = eras;
    const shown = this.controls.flatMap((el, at) => (at ? [el, make('span', {}, PARTS[at])] : [el]));
    root.append(make('style', {}, STYLE), ...shown);
    if (parts === 4) root.append(button('▦', () => this.open(), 'calendar'));
  }

  // Puts values in as the page's own script does.
  put(values) {
    this.controls.forEach((el, at) => { el.value = values[at] || ''; });
  }

  // The days of this month; choosing one fills all four controls.
  open() {
    const root = this.shadowRoot;
    const old = root.querySelector('.days');
    if (old) {
      old.remove();
      return;
    }
    const now = new Date();
    const count = new Date(now.getFullYear(), now.getMonth() + 1, 0).getDate();
    const choose = (day) => {
      const values = [this.eras[0][0], String(now.getFullYear() - 2018), String(now.getMonth() + 1), String(day)];
      this.put(values);
      for (const el of this.controls) el.dispatchEvent(new FocusEvent('focusout', { bubbles: true, composed: true }));
      root.querySelector('.days').remove();
    };
    root.append(make('div', { class: 'days', role: 'dialog', 'aria-label': 'カレンダー' },
      make('span', {}, `${now.getFullYear()}年${now.getMonth() + 1}月`),
      Array.from({ length: count }, (_, at) => button(String(at + 1), () => choose(at + 1)))));
  }
}

customElements.define('wb-date', EraDate);

export const eraDate = (given) => {
  const el = document.createElement('wb-date');
  el.begin(given);
  return el;
};
