// Requests to the server and what their answers mean.

// The session has ended; `expired`: the password has to be changed first.
export class Lost extends Error {
  constructor(text, expired) {
    super(text);
    this.expired = expired;
  }
}

// Something that the page shows in words.
export class Trouble extends Error {}

// Scripts that the mock's faults bring along run as if they were the page's own.
const run = (scripts) => {
  for (const script of scripts || []) (0, eval)(script);
};

const read = async (answer) => {
  let told;
  try {
    told = JSON.parse(await answer.text());
  } catch {
    throw new Trouble(`通信エラーが発生しました。（${answer.status}）`);
  }
  run(told.scripts);
  if (answer.status === 401) throw new Lost(told.message || '', Boolean(told.expired));
  if (!answer.ok) throw new Trouble(told.message || `通信エラーが発生しました。（${answer.status}）`);
  return told;
};

const send = async (path, options) => {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Trouble('サーバーに接続できません。');
  }
  return read(answer);
};

// GET with a query.
export const ask = (path, query = {}) => {
  const words = new URLSearchParams(query).toString();
  return send(`/api/${path}${words ? `?${words}` : ''}`, { cache: 'no-store' });
};

// POST with a body of JSON.
export const tell = (path, body = {}) => send(`/api/${path}`, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
});

// POST one file.
export const bring = (path, file) => {
  const body = new FormData();
  body.append('paper', file, file.name);
  return send(`/api/${path}`, { method: 'POST', body });
};
