// What may be kept of a screen: its structure, its labels, the lengths of its values - never the values.

const HEADS = 'h1,h2,h3,h4,h5,h6,legend,caption,th,label,dt,button';
const COVER = 'data-bridge-cover';

const maskedBy = (secrets) => (text) => {
  let kept = B.fold(text);
  for (const secret of secrets) kept = kept.split(secret).join('■');
  return kept.replace(/[0-9０-９]{3,}/g, (digits) => '#'.repeat(digits.length)).slice(0, 60);
};

const describe = (el, mask) => {
  const tag = el.localName;
  if (el.matches(B.CONTROLS)) {
    const kind = B.kindOf(el) || el.type;
    const labels = B.labelsOf(el).map(mask).join('/');
    const value = ['radio', 'check'].includes(kind) ? (el.checked ? 'on' : 'off') : `len=${(el.value || '').length}`;
    const state = `${B.enabled(el) ? '' : ' disabled'}${el.readOnly ? ' readonly' : ''}`;
    return `[${kind}] name=${el.name || '-'} label=${labels || '-'} ${value}${state}`;
  }
  if (tag === 'input') return `[${el.type}] ${mask(el.value)}`;
  if (el.matches(HEADS)) return `<${tag}> ${mask(B.plain(el) || el.textContent)}`;
  const own = [...el.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('');
  const length = B.fold(own).length;
  return length ? `<${tag}> len=${length}` : '';
};

B.outline = ({ secrets }) => {
  const mask = maskedBy(secrets);
  const lines = [];
  for (const win of B.windows().list) {
    const name = B.frameNames(win).find(Boolean) || 'top';
    lines.push(`# ${name} ${mask(win.location.pathname)} title=${mask(win.document.title)}`);
    for (const el of B.all(win.document, 'body *')) {
      if (lines.length > 600) break;
      if (NOT_TEXT.has(el.localName) && el.localName !== 'input' && !el.matches(B.CONTROLS)) continue;
      if (el.type === 'hidden' || !B.visible(el)) continue;
      const line = describe(el, mask);
      if (line) lines.push(line);
    }
  }
  return lines.join('\n');
};

// Mark what a picture must not show; every match of every rung is covered, also where it matches twice.
B.cover = ({ fields }) => {
  const indexesFor = B.indexes();
  let covered = 0;
  for (const field of fields) {
    for (const index of indexesFor(field.target.frame)) {
      const place = B.placeOf(index, field.target) || { has: () => true, lines: [] };
      for (const rung of field.target.ladder) {
        for (const el of candidates(index, rung, field, place)) {
          el.setAttribute(COVER, '');
          covered += 1;
        }
      }
    }
  }
  return { covered };
};

B.uncover = () => {
  for (const win of B.windows().list) for (const el of B.all(win.document, `[${COVER}]`)) el.removeAttribute(COVER);
  return {};
};
