// Boxes of the panel, in the words and markup of every other form. Each calls `set` once its value has changed; `most`: characters.
let made = 0;

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function group(label, hint, box, id = `box-${(made += 1)}`) {
  box.id = id;
  const said = hint && make('div', { className: 'nhsuk-hint', id: `${id}-hint`, textContent: hint });
  if (said) box.setAttribute('aria-describedby', said.id);
  const name = make('label', { className: 'nhsuk-label app-panel__label', htmlFor: id, textContent: label });
  return make('div', { className: 'nhsuk-form-group app-panel__group' }, name, said || null, box);
}

export function line({ label, hint = '', value = '', set, list = '', most = 0 }) {
  const box = make('input', { className: 'nhsuk-input', type: 'text', value, autocomplete: 'off' });
  if (most) box.maxLength = most;
  if (list) box.setAttribute('list', list);
  box.addEventListener('change', () => set(box.value.trim()));
  return group(label, hint, box);
}

export function text({ label, hint = '', value = '', rows = 3, set, most = 0 }) {
  const box = make('textarea', { className: 'nhsuk-textarea', rows, value });
  if (most) box.maxLength = most;
  box.addEventListener('change', () => set(box.value.trim()));
  return group(label, hint, box);
}

// `options`: pairs of key and words; a value that is none of them stays, marked as unknown, until another is chosen.
export function choice({ label, hint = '', value = '', options, none = 'None', set }) {
  const box = make('select', { className: 'nhsuk-select app-panel__select' });
  const all = options.some(([key]) => key === value) || !value ? options : [[value, `${value} (unknown)`], ...options];
  for (const [key, words] of none === null ? all : [['', none], ...all]) box.add(new Option(words, key, false, key === value));
  box.addEventListener('change', () => set(box.value));
  return group(label, hint, box);
}

export function tick({ label, value = false, set }) {
  const id = `box-${(made += 1)}`;
  const box = make('input', { className: 'nhsuk-checkboxes__input', type: 'checkbox', id, checked: value });
  box.addEventListener('change', () => set(box.checked));
  const name = make('label', { className: 'nhsuk-label nhsuk-checkboxes__label', htmlFor: id, textContent: label });
  return make('div', { className: 'nhsuk-checkboxes nhsuk-checkboxes--small' }, make('div', { className: 'nhsuk-checkboxes__item' }, box, name));
}

export function several({ label, hint = '', value = [], options, set }) {
  const chosen = new Set(value);
  const ticks = options.map(([key, words]) => tick({
    label: words,
    value: chosen.has(key),
    set: (on) => {
      if (on) chosen.add(key);
      else chosen.delete(key);
      set(options.map(([each]) => each).filter((each) => chosen.has(each)));
    },
  }));
  const legend = make('legend', { className: 'nhsuk-fieldset__legend app-panel__label', textContent: label });
  const said = hint ? make('div', { className: 'nhsuk-hint', textContent: hint }) : null;
  return make('fieldset', { className: 'nhsuk-fieldset app-panel__group' }, legend, said, ...ticks);
}

export function button(words, press, className = 'app-link-button') {
  const element = make('button', { type: 'button', className, textContent: words });
  element.addEventListener('click', press);
  return element;
}

export function fold(words, open, ...children) {
  const summary = make('summary', { className: 'nhsuk-details__summary' }, make('span', { className: 'nhsuk-details__summary-text', textContent: words }));
  return make('details', { className: 'nhsuk-details app-panel__fold', open }, summary, make('div', { className: 'nhsuk-details__text' }, ...children));
}
