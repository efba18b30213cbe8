// Reads the address, asks for what it needs and draws the view; log-in and troubles stand in for it.

import { Lost, ask, tell } from './api.js';
import { Entry } from './entry.js';
import { listView, recordView } from './records.js';
import { button, make, newId } from './make.js';

const { system, over, reference } = document.body.dataset;
const view = document.getElementById('view');
const top_ = document.getElementById('top');

const box = (label, type) => {
  const id = newId();
  const input = make('input', { type, id, autocomplete: 'off' });
  return [input, make('div', { class: 'field' }, make('label', { class: 'label', for: id }, label), make('div', { class: 'control' }, input))];
};

// `after` is done when the log-in was right.
const logInForm = (text, after) => {
  const [user, userLine] = box('利用者ID', 'text');
  const [password, passwordLine] = box('パスワード', 'password');
  const told = make('p', { class: text ? 'error' : '', role: 'status', id: 'login-message' }, text);
  return make('form', {
    id: 'login', class: 'login',
    onsubmit: async (event) => {
      event.preventDefault();
      try {
        const done = await tell('session', { user: user.value, password: password.value });
        after(done);
      } catch (fault) {
        if (fault instanceof Lost && fault.expired) changePassword(fault.message);
        else {
          told.textContent = fault.message;
          told.className = 'error';
        }
      }
    },
  }, make('h1', {}, 'ログイン'), told, userLine, passwordLine, make('div', { class: 'buttons' }, make('button', { type: 'submit' }, 'ログイン')));
};

const changePassword = (text) => {
  const lines = [['今のパスワード', 'old'], ['新しいパスワード', 'new'], ['新しいパスワード（確認）', 'again']].map(([label, key]) => [key, ...box(label, 'password')]);
  const told = make('p', { class: 'error', role: 'status' }, text);
  view.replaceChildren(make('form', {
    id: 'password', class: 'login',
    onsubmit: async (event) => {
      event.preventDefault();
      try {
        await tell('password', Object.fromEntries(lines.map(([key, input]) => [key, input.value])));
        window.location.assign('/app/menu');
      } catch (fault) {
        told.textContent = fault.message;
      }
    },
  }, make('h1', {}, 'パスワードの変更'), told, ...lines.map(([, , line]) => line), make('div', { class: 'buttons' }, make('button', { type: 'submit' }, '変更する'))));
};

const logIn = (text) => {
  top_.replaceChildren(make('span', { class: 'name' }, system));
  view.replaceChildren(logInForm(text, () => {
    if (window.location.pathname === '/app/login') window.location.assign('/app/menu');
    else window.location.reload();
  }));
};

// Over the page, which stays: after the log-in what was asked last is asked again, without a word.
const logInOver = (text, again) => {
  const shade = make('div', { class: 'over', role: 'dialog', 'aria-modal': 'true', id: 'login-over' }, logInForm(text, () => {
    shade.remove();
    again();
  }));
  view.append(shade);
};

const trouble = (text) => {
  view.replaceChildren(make('section', { class: 'failure', id: 'message', role: 'alert' }, make('p', {}, text),
    make('div', { class: 'buttons' }, make('a', { href: '/app/menu', class: 'sub' }, 'メニューへ'))));
};

// What a failed request means for the page; `again` sends it once more.
window.faultOf = (fault, again) => {
  if (!(fault instanceof Lost)) trouble(fault.message);
  else if (fault.expired) changePassword(fault.message);
  else if (over && again) logInOver(fault.message, again);
  else logIn(fault.message);
};

const drawTop = (session) => {
  top_.replaceChildren(make('span', { class: 'name' }, system),
    make('nav', {}, make('a', { href: '/app/menu' }, 'メニュー'), make('a', { href: '/app/records' }, '照会')),
    make('span', { class: 'who' }, make('time', { id: 'today' }, session.today), ' 操作者：',
      make('b', { id: 'operator' }, session.operator), `（${session.operator_name}）`,
      button('ログアウト', async () => { await tell('logout'); logIn('ログアウトしました。'); }, 'link')));
};

// Categories open and close at a press, and stay as they were left.
const menuView = async () => {
  const told = await ask('menu');
  const categories = [...new Set(told.screens.map((screen) => screen[3]))];
  const list = (category) => make('ul', { class: 'flies' }, told.screens.filter((screen) => screen[3] === category)
    .map(([procedure, number, title]) => make('li', {}, make('a', { href: `/app/search/${procedure}` }, title), make('small', {}, number))));
  const drawer = (category) => {
    const key = `menu:${category}`;
    const body = make('div', { hidden: sessionStorage.getItem(key) !== 'open' }, list(category));
    const head = make('button', {
      type: 'button', class: 'drawer', 'aria-expanded': String(!body.hidden),
      onclick: () => {
        body.hidden = !body.hidden;
        head.setAttribute('aria-expanded', String(!body.hidden));
        sessionStorage.setItem(key, body.hidden ? 'shut' : 'open');
      },
    }, category);
    return make('section', {}, head, body);
  };
  // The other vendor's menu flies out while the pointer rests on a category.
  const flying = (category) => make('section', { class: 'flying' }, make('span', { class: 'drawer', tabindex: '0' }, category), list(category));
  view.replaceChildren(make('h1', {}, 'メニュー'), make('div', { class: 'menu', id: 'menu' }, ...categories.map(over ? flying : drawer)));
};

const searchView = async ([procedure]) => {
  const form = await ask('form', { procedure });
  const [number, line] = box('宛名番号', 'text');
  view.replaceChildren(make('h1', {}, form.title), make('form', {
    id: 'search',
    onsubmit: (event) => {
      event.preventDefault();
      window.history.pushState({}, '', `/app/entry/${procedure}?atena=${encodeURIComponent(number.value.trim())}`);
      route();
    },
  }, make('h2', {}, '対象者の検索'), line, make('div', { class: 'buttons' }, make('button', { type: 'submit' }, '検索'))));
};

const entryView = async ([procedure], query) => {
  const atena = query.get('atena') || '';
  const [form, person] = await Promise.all([ask('form', { procedure }), ask('resident', { atena })]);
  await new Entry(view, form, person.resident).begin();
};

const ROUTES = [
  [/^\/app\/login$/, async () => logIn('')],
  [/^\/app\/menu$/, menuView],
  [/^\/app\/search\/([\w-]+)$/, searchView],
  [/^\/app\/entry\/([\w-]+)$/, entryView],
  [/^\/app\/records$/, async (_, query) => listView(view, query, reference)],
  [/^\/app\/records\/([\w-]+)$/, async ([receipt]) => recordView(view, receipt, reference)],
];

const route = async () => {
  const { pathname, search } = window.location;
  document.title = system;
  try {
    if (pathname !== '/app/login') drawTop(await ask('session'));
    for (const [pattern, draw] of ROUTES) {
      const found = pattern.exec(pathname);
      if (found) {
        await draw(found.slice(1), new URLSearchParams(search));
        return;
      }
    }
    trouble('指定された画面はありません。');
  } catch (fault) {
    window.faultOf(fault);
  }
};

window.addEventListener('popstate', route);
route();
