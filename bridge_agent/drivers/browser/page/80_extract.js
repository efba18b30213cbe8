// Lists, details and single texts from this page or from one fetched beside it with the browser's own cookies.

const CHARSETS = { cp932: 'shift_jis', 'windows-31j': 'shift_jis', ms932: 'shift_jis' };

const charsetOf = (type, bytes) => {
  const told = /charset\s*=\s*["']?([\w.-]+)/i.exec(type);
  if (told) return told[1].toLowerCase();
  const head = new TextDecoder('latin1').decode(bytes.slice(0, 2048));
  const meta = /<meta[^>]+charset\s*=\s*["']?([\w.-]+)/i.exec(head);
  return meta ? meta[1].toLowerCase() : 'utf-8';
};

// `fatal`: a page in another encoding than it says must not be read as something else.
const decode = (type, bytes) => {
  const name = charsetOf(type, bytes);
  return new TextDecoder(CHARSETS[name] || name, { fatal: true }).decode(bytes);
};

const fetchPage = async ({ path, form, timeout }) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout);
  try {
    const answer = await B.fetch(new URL(path, location.origin), {
      method: form ? 'POST' : 'GET',
      body: form ? new URLSearchParams(form) : undefined,
      credentials: 'same-origin', cache: 'no-store', redirect: 'follow', signal: stop.signal,
      referrer: `${location.origin}/`,
    });
    const bytes = await B.bytesOf(answer);
    let text;
    try {
      text = decode(answer.headers.get('content-type') || '', bytes);
    } catch {
      return { fault: 'encoding' };
    }
    const url = new URL(answer.url);
    return {
      status: answer.status, path: url.pathname + url.search,
      doc: new DOMParser().parseFromString(text, 'text/html'),
    };
  } catch {
    return { fault: 'no_answer' };
  } finally {
    clearTimeout(timer);
  }
};

// A cell's text; in a page that is only parsed a line break is all that makes a new line.
const rawText = (el) => {
  if (el.localName === 'textarea' || el.localName === 'pre') return el.textContent;
  let text = '';
  for (const node of el.childNodes) {
    if (node.nodeType === 3) text += node.data.replace(/[ \t\r\n\f]+/g, ' ');
    else if (node.nodeType === 1) {
      if (node.localName === 'br') text += '\n';
      else if (!['script', 'style', 'template', 'rt', 'rp'].includes(node.localName)) text += rawText(node);
    }
  }
  return text;
};

const textIn = (el) => {
  if (el.localName === 'input') return el.getAttribute('value') || '';
  if (el.localName === 'select') {
    const chosen = el.querySelector('option[selected]') || el.querySelector('option');
    return chosen ? chosen.value : '';
  }
  return B.foldValue(rawText(el));
};

const first = (doc, css) => {
  const found = doc.querySelectorAll(css);
  return found.length ? found[0] : null;
};

const readCells = (doc, rows, cells) => [...doc.querySelectorAll(rows)]
  .map((row) => [...row.querySelectorAll(cells)].filter((cell) => cell.closest(rows) === row).map(textIn));

const readTexts = (doc, texts) => Object.fromEntries(Object.entries(texts).map(([name, css]) => {
  const el = first(doc, css);
  return [name, el ? textIn(el) : null];
}));

// Label and value cells of each row, with the heading that stands before the row.
const readLines = (doc, shape) => {
  const heads = shape.group ? [...doc.querySelectorAll(shape.group)] : [];
  const lines = [];
  let faults = 0;
  for (const row of doc.querySelectorAll(shape.rows)) {
    const labels = row.matches(shape.label) ? [row] : [...row.querySelectorAll(shape.label)];
    const values = [...row.querySelectorAll(shape.value)];
    if (labels.length !== values.length) {
      if (values.length || labels.length > 1) faults += 1;
      continue;
    }
    const head = heads.filter((one) => one.contains(row) || one.compareDocumentPosition(row) & FOLLOWING).pop();
    const group = head ? B.label(rawText(head)) : '';
    labels.forEach((label, at) => lines.push([group, B.label(rawText(label)), textIn(values[at])]));
  }
  return { lines, faults };
};

// One page, wholly read: {status, path, marks, headings, rows, texts, lines}.
// `request` null = what this window shows; marks are the profile's session-lost marks.
const extract = async ({ request, wanted, marks }) => {
  let page = { status: statusOf(window), path: location.pathname + location.search, doc: document };
  if (request) {
    page = await fetchPage(request);
    if (page.fault) return page;
  }
  const { doc } = page;
  const hits = marks.map((mark, at) => (B.showsMark(doc, mark, !request) ? at : -1)).filter((at) => at >= 0);
  return {
    status: page.status,
    path: page.path,
    hits,
    headings: wanted.headings ? [...doc.querySelectorAll(wanted.headings)].map((el) => B.label(rawText(el))) : [],
    rows: wanted.rows ? readCells(doc, wanted.rows, wanted.cells) : [],
    texts: readTexts(doc, wanted.texts || {}),
    none: wanted.none ? B.showsSign(doc, { text: wanted.none, css: '' }, !request) : false,
    detail: wanted.detail ? readLines(doc, wanted.detail) : null,
  };
};

// Questions asked ahead of time: each answer is taken once, by the very same question, and soon.
const FRESH_MS = 5000;
const ahead = new Map();
B.begin = (given) => {
  const asked = performance.now();
  for (const [key, kept] of ahead) if (asked - kept.asked > FRESH_MS) ahead.delete(key);
  ahead.set(JSON.stringify(given), { asked, answer: extract(given) });
  return {};
};
B.extract = (given) => {
  const key = JSON.stringify(given);
  const kept = ahead.get(key);
  ahead.delete(key);
  if (!kept) ahead.clear(); // a question asked anew: what was asked before it is not news any more
  return kept && performance.now() - kept.asked <= FRESH_MS ? kept.answer : extract(given);
};

// A POST that this window goes to.
B.post = ({ path, form }) => {
  const sheet = document.createElement('form');
  sheet.method = 'post';
  sheet.action = path;
  for (const [name, value] of Object.entries(form)) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    sheet.append(field);
  }
  document.body.append(sheet);
  setTimeout(() => HTMLFormElement.prototype.submit.call(sheet), 0);
  return {};
};
