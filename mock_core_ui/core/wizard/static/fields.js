// One field of a form: its label, its control, and what leaving it puts into the values.
// A text counts when its box is left, a choice when the focus has moved on; what is only shown is nothing.

import { bring } from './api.js';
import { eraDate } from './date.js';
import { facility } from './facility.js';
import { make, newId, options } from './make.js';

const must = (field) => (field.required ? make('em', { class: 'must' }, '必須') : null);

const note = (field) => (field.note ? make('small', { class: 'note' }, field.note) : null);

// A label that belongs to its control, or, in loose fields, a text that only stands before it.
const labelled = (field, id) => (field.loose
  ? make('span', { class: 'label' }, field.label, must(field))
  : make('label', { class: 'label', for: id }, field.label, must(field)));

const line = (field, id, ...controls) => make('div', { class: 'field' }, labelled(field, id),
  make('div', { class: 'control' }, ...controls, note(field)));

const group = (field, role, ...controls) => {
  const id = newId();
  return make('div', { class: 'field' }, make('span', { class: 'label', id }, field.label, must(field)),
    make('div', { class: 'control', role, 'aria-labelledby': id }, ...controls, note(field)));
};

const text = (field, values, put) => {
  const [name] = field.names;
  const id = newId();
  const area = field.kind === 'textarea';
  const box = make(area ? 'textarea' : 'input', {
    id, type: area ? null : 'text', rows: area ? '4' : null, maxlength: field.maximum || null, value: values[name] || '',
    style: area ? null : `width:min(${Math.min(26, field.maximum * (field.kind === 'digits' ? 0.62 : 1) + 1.6)}em,100%)`,
    onfocusout: () => put(name, box.value),
  });
  return line(field, id, box);
};

const select = (field, values, put) => {
  const [name] = field.names;
  const id = newId();
  const box = make('select', { id, onfocusout: () => put(name, box.value) }, options(field.choices, values[name]));
  return line(field, id, box);
};

const radio = (field, values, put) => {
  const [name] = field.names;
  const shared = newId();
  return group(field, 'radiogroup', field.choices.map(([code, label]) => {
    const one = make('input', { type: 'radio', name: shared, onchange: () => put(name, code) });
    one.value = code;
    one.checked = values[name] === code;
    return make('label', { class: 'tick' }, one, label);
  }));
};

const check = (field, values, put) => {
  const [name] = field.names;
  const id = newId();
  const box = make('input', { type: 'checkbox', id, onchange: () => put(name, box.checked ? '1' : '') });
  box.checked = values[name] === '1';
  return line(field, id, box);
};

const checks = (field, values, put) => {
  const [name] = field.names;
  const boxes = field.choices.map(([code, label]) => {
    const box = make('input', {
      type: 'checkbox',
      onchange: () => put(name, boxes.map(([one]) => one).filter((one) => one.checked).map((one) => one.value)),
    });
    box.value = code;
    box.checked = (values[name] || []).includes(code);
    return [box, make('label', { class: 'tick' }, box, label)];
  });
  return group(field, 'group', boxes.map(([, view]) => view));
};

const era = (field, values, put, form) => {
  const control = eraDate({
    title: field.title, eras: form.eras, parts: field.names.length, required: field.required,
    values: field.names.map((name) => values[name] || ''), changed: (at, value) => put(field.names[at], value),
  });
  return make('div', { class: 'field' }, make('span', { class: 'label' }, field.label, must(field)),
    make('div', { class: 'control' }, control, note(field)));
};

const divided = (field, values, put) => group(field, 'group', field.names.flatMap((name, at) => {
  const [label, size] = field.parts[at];
  const box = make('input', {
    type: 'text', class: 'part', 'aria-label': `${field.title} ${label}`, maxlength: size, value: values[name] || '',
    onfocusout: () => put(name, box.value),
  });
  return at ? [field.kind === 'time' ? '：' : '－', box] : [box];
}));

const picker = (field, values, put) => {
  const [number, name] = field.names;
  const id = newId();
  const found = facility({
    label: field.label, labelledBy: id, number: values[number] || '', name: values[name] || '', maximum: field.maximum,
    chosen: (newNumber, newName) => { put(number, newNumber); put(name, newName); },
  });
  return make('div', { class: 'field' }, make('span', { class: 'label', id }, field.label, must(field)),
    make('div', { class: 'control' }, found.view, note(field)));
};

const files = (field, values, put) => {
  const [name] = field.names;
  const id = newId();
  const brought = make('ul', { class: 'papers', 'aria-label': `${field.label}の一覧` });
  const told = make('p', { class: 'note', role: 'status' });
  const box = make('input', {
    type: 'file', id, multiple: true,
    onchange: async () => {
      const tokens = [];
      brought.replaceChildren();
      put(name, []);
      for (const [at, file] of [...box.files].entries()) {
        told.textContent = `送信中… ${at + 1}／${box.files.length}`;
        try {
          const kept = await bring('papers', file);
          tokens.push(kept.token);
          brought.append(make('li', {}, kept.name));
        } catch (fault) {
          told.textContent = fault.message;
          return;
        }
      }
      put(name, tokens);
      told.textContent = `${tokens.length}件を添付しました。`;
    },
  });
  return line(field, id, box, brought, told);
};

const KINDS = {
  textarea: text, select, radio, check, checks, date: era, year_month: era, phone: divided, postal: divided, time: divided,
  picker, files,
};

// `put(name, value)` keeps a value; `form` has the eras, and says whether the person's choices are known.
export const drawField = (field, values, put, form) => (field.either && form.listed ? select : KINDS[field.kind] || text)(
  field, values, put, form);

export const isEmpty = (field, values) => field.names.every((name) => !values[name] || !values[name].length);
