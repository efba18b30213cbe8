// The wizard: pages of an entry one after the other, the confirmation, the registration, the completion.

import { ask, tell } from './api.js';
import { drawField, isEmpty } from './fields.js';
import { button, make, newId } from './make.js';

const LATE_MS = 500;
const KEPT = 'last-entry:';

// What the last case of this procedure had in its plain texts and lists stands in the fields of the next one.
const rememberedOf = (form) => {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT + form.procedure)) || {};
  } catch {
    return {};
  }
};

const KEEPS = new Set(['text', 'select', 'textarea']);

const remember = (form, values) => {
  const kept = {};
  for (const group of form.pages.flatMap((page) => page.groups)) {
    if (group.rows) continue;
    for (const field of group.fields[0]) {
      if (KEEPS.has(field.kind) && !field.required) for (const name of field.names) kept[name] = values[name] || '';
    }
  }
  sessionStorage.setItem(KEPT + form.procedure, JSON.stringify(kept));
};

export class Entry {
  constructor(view, form, person) {
    this.view = view;
    this.form = { ...form, listed: person.listed };
    this.person = person;
    this.values = rememberedOf(form);
    this.rows = {};
    this.at = 0;
    this.sent = false;
    this.register = () => this.send();
    for (const group of form.pages.flatMap((page) => page.groups)) {
      this.rows[group.key] = { all: group.rows, add: 1, editor: 0 }[group.adding] || 0;
    }
    window.entry = this;
  }

  async begin() {
    this.draw();
    // The register's own words come after the form is shown, and take the place of what stands there.
    const told = await ask('defaults', { procedure: this.form.procedure, atena: this.person.atena_no });
    Object.assign(this.values, told.values);
    this.redraw();
  }

  put(name, value) {
    this.values[name] = value;
  }

  head() {
    const { birth, by_the_browser: byTheBrowser } = this.person;
    const day = byTheBrowser ? new Date(`${birth}T00:00`).toLocaleDateString() : birth;
    const cell = (label, text, id) => [make('dt', {}, label), make('dd', { id }, text)];
    return make('section', { class: 'person', 'aria-label': '対象者' }, make('dl', {},
      ...cell('宛名番号', this.person.atena_no, 'person-number'), ...cell('氏名', this.person.name, 'person-name'),
      ...cell('生年月日', day, 'person-birth'), ...cell('性別', this.person.sex, 'person-sex')));
  }

  steps() {
    const titles = [...this.form.pages.map((page) => page.title), '確認'];
    return make('ol', { class: 'steps' }, titles.map((title, at) => make('li', {
      'aria-current': at === this.at ? 'step' : null,
    }, title)));
  }

  // The page that was left stays in the document, out of sight and without meaning.
  draw(errors = [], duplicate = false) {
    const old = [...this.view.querySelectorAll('section.page')].slice(-1);
    for (const one of old) {
      one.hidden = true;
      one.classList.add('left');
    }
    const page = this.form.pages[this.at];
    const last = this.at === this.form.pages.length - 1;
    this.page = make('section', { class: 'page' }, make('h2', {}, `${this.at + 1}\u00a0${page.title}`),
      this.errors(errors), duplicate ? this.duplicate() : null, this.at === 0 && this.form.reference ? this.reference() : null,
      ...page.groups.map((group) => this.group(group)),
      make('div', { class: 'buttons' },
        this.at ? button('戻る', () => this.go(-1), 'sub') : null,
        button(last ? '入力内容の確認へ' : '次へ', () => (last ? this.check() : this.next()), 'main')));
    this.view.replaceChildren(make('h1', {}, this.form.title), this.steps(), this.head(), ...old, this.page);
    if (this.form.guide && !this.guided && this.at === 0) this.guide();
    window.scrollTo(0, 0);
  }

  // Whatever gets into the fields below while it is there is lost when it is shut.
  guide() {
    const before = { ...this.values };
    const shut = () => {
      this.guided = true;
      this.values = before;
      this.redraw();
    };
    this.view.append(make('div', { class: 'over', role: 'dialog', 'aria-label': '記入のご案内', id: 'guide' },
      make('div', { class: 'box' }, make('p', {}, this.form.guide), make('div', { class: 'buttons' }, button('閉じる', shut, 'sub')))));
  }

  redraw() {
    this.page.remove();
    this.draw();
  }

  // Said beside the errors too, so that nobody mends them in vain.
  duplicate(...more) {
    return make('div', { class: 'warn', id: 'duplicate', role: 'alert' },
      make('p', {}, '同じ方の申請がすでに登録されています。'), ...more);
  }

  errors(texts) {
    if (!texts.length) return null;
    return make('div', { class: 'errors', role: 'alert', id: 'errors' }, make('strong', {}, '入力内容を確認してください。'),
      make('ul', {}, texts.map((text) => make('li', {}, text))));
  }

  reference() {
    const [label, name, maximum] = this.form.reference;
    const id = newId();
    const box = make('input', {
      id, type: 'text', maxlength: maximum, value: this.values[name] || '', onfocusout: () => this.put(name, box.value),
    });
    return make('div', { class: 'field alone' }, make('label', { class: 'label', for: id }, label),
      make('div', { class: 'control' }, box));
  }

  fields(fields, values, put) {
    return fields.map((field) => drawField(field, values, put, this.form));
  }

  group(group) {
    const put = (name, value) => this.put(name, value);
    const box = make('fieldset', { class: 'group' }, make('legend', {}, group.legend));
    if (!group.rows) box.append(...this.fields(group.fields[0], this.values, put));
    else if (group.adding === 'editor') this.table(group, box);
    else this.lines(group, box, put);
    return box;
  }

  lines(group, box, put) {
    const shown = this.rows[group.key];
    for (let row = 1; row <= shown; row += 1) {
      box.append(make('fieldset', { class: 'row' }, make('legend', {}, group.row_title.replace('{n}', row)),
        ...this.fields(group.fields[row - 1], this.values, put)));
    }
    if (group.adding === 'add' && shown < group.rows) {
      box.append(button(`${group.legend}を追加`, () => {
        this.rows[group.key] += 1;
        this.redraw();
      }, 'small'));
    }
  }

  // A table of what is there; a row is written into an editor below it, one at a time.
  table(group, box) {
    const filled = this.rows[group.key];
    const [first] = group.fields;
    const word = (list, code) => (list.find(([one]) => one === code) || ['', code || ''])[1];
    const shownText = (field) => {
      const [head, ...rest] = field.names.map((name) => this.values[name] || '');
      if (!head) return '';
      if (field.kind === 'date' || field.kind === 'year_month') {
        return word(this.form.eras, head) + rest.map((part, at) => `${part}${'年月日'[at]}`).join('');
      }
      return [word(field.choices, head), ...rest].join(field.kind === 'phone' ? '-' : ' ');
    };
    const heads = make('tr', {}, make('th', {}, 'No.'), ...first.map((field) => make('th', {}, field.label)), make('th', {}, '操作'));
    const body = Array.from({ length: filled }, (_, at) => make('tr', {}, make('td', {}, String(at + 1)),
      ...group.fields[at].map((field) => make('td', {}, shownText(field))),
      make('td', { class: 'does' }, button('編集', () => this.edit(group, box, at + 1), 'link'))));
    box.append(make('table', { class: 'rows' }, make('thead', {}, heads), make('tbody', {}, ...body)));
    if (filled < group.rows) box.append(button(`${group.legend}を追加`, () => this.edit(group, box, filled + 1), 'small'));
  }

  edit(group, box, row) {
    const fields = group.fields[row - 1];
    const held = {};
    for (const name of fields.flatMap((field) => field.names)) held[name] = this.values[name] || '';
    for (const old of box.querySelectorAll('fieldset.editor, button.small')) old.remove();
    const told = make('div');
    const done = () => {
      const missing = fields.filter((field) => field.required && isEmpty(field, held));
      if (missing.length) {
        told.replaceChildren(this.errors(missing.map((field) => `${field.title}を入力してください。`)));
        return;
      }
      Object.assign(this.values, held);
      this.rows[group.key] = Math.max(this.rows[group.key], row);
      this.redraw();
    };
    box.append(make('fieldset', { class: 'editor' }, make('legend', {}, `${group.row_title.replace('{n}', row)}の入力`), told,
      ...this.fields(fields, held, (name, value) => { held[name] = value; }),
      make('div', { class: 'buttons' }, button('取消', () => this.redraw(), 'sub'), button('更新', done))));
  }

  missing() {
    const page = this.form.pages[this.at];
    const fields = page.groups.flatMap((group) => (group.rows ? group.fields.slice(0, this.rows[group.key]).flat() : group.fields[0]));
    return fields.filter((field) => field.required && isEmpty(field, this.values)).map((field) => `${field.title}を入力してください。`);
  }

  next() {
    const texts = this.missing();
    if (texts.length) {
      this.page.remove();
      this.draw(texts);
    } else this.go(1);
  }

  go(by) {
    this.at += by;
    this.draw();
  }

  async check() {
    const texts = this.missing();
    if (texts.length) {
      this.page.remove();
      this.draw(texts);
      return;
    }
    const told = await this.asked(() => tell('check', {
      procedure: this.form.procedure, atena_no: this.person.atena_no, values: this.values,
    }));
    if (!told) return;
    if (told.fresh) this.beginAnew();
    else if (told.errors) {
      this.page.remove();
      this.draw(told.errors, told.duplicate);
    } else if (told.token) this.confirm(told);
    else this.note(told);
  }

  confirm(told, errors = []) {
    this.at = this.form.pages.length;
    this.token = told.token;
    const confirmed = make('input', { type: 'checkbox', id: newId() });
    this.confirmed = () => Boolean(confirmed.checked);
    this.told = told;
    const warning = told.warning ? this.duplicate(make('label', { class: 'tick' }, confirmed, '重複を確認しました')) : null;
    const [label] = this.form.reference || [''];
    const lines = (list) => make('dl', { class: 'told' }, list.flatMap(([name, text]) => [make('dt', {}, name), make('dd', {}, text)]));
    this.press = button('登録する', () => this.register(), 'main');
    this.page = make('section', { class: 'page confirm', id: 'confirm' }, make('h2', {}, '入力内容の確認'), this.errors(errors), warning,
      label ? make('section', {}, lines([[label, told.reference]])) : null,
      ...told.blocks.map(([title, list]) => make('section', {}, make('h3', {}, title), lines(list))),
      make('div', { class: 'buttons' }, button('修正する', () => this.go(-1), 'sub'), this.press));
    this.view.replaceChildren(make('h1', {}, this.form.title), this.steps(), this.head(), this.page);
    window.scrollTo(0, 0);
    if (told.late) setTimeout(() => this.late(), LATE_MS);
  }

  // Asked a moment after the page was drawn, over all of it.
  late() {
    const box = make('div', { class: 'over', role: 'dialog', 'aria-modal': 'true', 'aria-label': '確認', id: 'late' },
      make('div', { class: 'box' }, make('p', {}, '住民票と異なる住所が入力されています。このまま続けますか。'),
        make('div', { class: 'buttons' }, button('いいえ', () => { box.remove(); this.go(-1); }, 'sub'),
          button('はい', () => box.remove()))));
    this.view.append(box);
  }

  plain() {
    return tell('register', { token: this.token, confirmed: this.confirmed() });
  }

  async send() {
    this.press.disabled = true;
    const done = await this.asked(() => this.plain());
    if (done) this.finish(done);
    else this.press.disabled = false;
  }

  finish(done) {
    if (done.fresh) this.beginAnew();
    else if (done.errors) this.confirm(this.told, done.errors);
    else if (done.application_date) this.complete(done);
    else this.note(done);
  }

  // The first page with nothing in it, as a session that ended without a word leaves it.
  beginAnew() {
    const next = new Entry(this.view, this.form, this.person);
    next.values = {};
    next.draw();
  }

  // A request whose fault is told on the page; null after a fault.
  async asked(request) {
    try {
      return await request();
    } catch (fault) {
      window.faultOf(fault, () => this.asked(request).then((told) => told && this.again(told)));
      return null;
    }
  }

  // What a request that was sent again by the log-in box brought.
  again(told) {
    if (told.blocks) this.confirm(told);
    else this.finish(told);
  }

  note(told) {
    const text = told.failure || told.message || '';
    this.view.replaceChildren(make('section', { class: told.failure ? 'failure' : 'message', id: 'message', role: 'alert' },
      make('p', {}, text)));
  }

  complete(done) {
    remember(this.form, this.values);
    const [label] = this.form.reference || [''];
    const cells = [['管理番号', done.receipt, 'done-receipt'], ['宛名番号', done.atena_no, 'done-person'],
      ['氏名', done.name, 'done-name'], ['申請日', done.application_date, 'done-date'], [label, done.reference, 'done-reference']];
    this.view.replaceChildren(make('section', { class: 'done', id: 'done' },
      make('p', {}, done.receipt ? '登録しました。' : '受け付けました。'),
      make('dl', { class: 'told' }, cells.filter(([name, text]) => name && text !== undefined)
        .flatMap(([name, text, id]) => [make('dt', {}, name), make('dd', { id }, text)])),
      make('div', { class: 'buttons' }, make('a', { href: '/app/menu', class: 'sub' }, 'メニューへ'))));
  }
}
