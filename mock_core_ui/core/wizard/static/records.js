// The look-up: a list by 宛名番号, page by page, and all of one record.

import { ask } from './api.js';
import { button, make, newId } from './make.js';

const headings = (reference) => ['管理番号', '宛名番号', '氏名', '手続', '申請日', '登録日時', '登録者', reference];

export const listView = async (view, query, reference) => {
  const atena = query.get('atena') || '';
  const procedure = query.get('procedure') || '';
  const page = Number(query.get('page') || '1');
  const id = newId();
  const number = make('input', { type: 'text', id, value: atena });
  const form = make('form', {
    id: 'conditions',
    onsubmit: (event) => {
      event.preventDefault();
      window.location.assign(`/app/records?atena=${encodeURIComponent(number.value.trim())}`);
    },
  }, make('label', { for: id }, '宛名番号'), number, make('button', { type: 'submit' }, '照会'));
  if (!atena && !procedure) {
    view.replaceChildren(make('h1', {}, '申請照会'), form);
    return;
  }
  const told = await ask('records', { atena, procedure, page });
  const go = (to) => button(to < page ? '前へ' : '次へ', () => {
    const words = new URLSearchParams({ atena, procedure, page: to });
    window.location.assign(`/app/records?${words}`);
  }, 'small');
  const rows = told.rows.map((cells) => make('tr', {}, ...cells.map((text, at) => make('td', {},
    at ? text : make('a', { href: `/app/records/${text}` }, text)))));
  view.replaceChildren(make('h1', {}, '申請照会'), form, told.total
    ? make('p', { id: 'count' }, `検索結果：${told.total}件（${told.page}／${told.pages}ページ）`)
    : make('p', { id: 'none' }, '該当するデータはありません。'),
  told.total ? make('table', { id: 'list' }, make('thead', {}, make('tr', {}, headings(reference).map((text) => make('th', {}, text)))),
    make('tbody', {}, rows)) : null,
  make('p', {}, page > 1 ? go(page - 1) : null, page < told.pages ? go(page + 1) : null));
};

export const recordView = async (view, receipt, reference) => {
  const told = await ask('record', { receipt });
  const lines = (list) => make('dl', { class: 'told' }, list.flatMap(([label, text]) => [make('dt', {}, label), make('dd', {}, text)]));
  view.replaceChildren(make('h1', {}, '申請内容'), make('section', { class: 'record', id: 'record' },
    lines(headings(reference).map((label, at) => [label, told.row[at]])),
    ...told.groups.map(([title, list]) => make('section', {}, make('h3', {}, title), lines(list)))));
};
