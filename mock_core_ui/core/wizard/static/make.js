// Elements from few words, and the ids that this vendor's tool gives them: others at every drawing.

let last = Math.floor(Math.random() * 46656);

export const newId = () => {
  last += 1 + Math.floor(Math.random() * 40);
  return `c-${last.toString(36)}-${Math.random().toString(36).slice(2, 6)}`;
};

// make('p', {class: 'note', onclick: f}, 'text', child, …)
export const make = (tag, given = {}, ...children) => {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) el.addEventListener(name.slice(2), value);
    else if (name === 'value') el.value = value;
    else el.setAttribute(name, value === true ? '' : value);
  }
  el.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return el;
};

export const button = (text, press, kind = '') => make('button', { type: 'button', class: kind, onclick: press }, text);

export const options = (choices, chosen) => [['', ''], ...choices].map(([code, label]) => {
  const option = make('option', {}, label);
  option.value = code;
  option.selected = code === chosen;
  return option;
});
