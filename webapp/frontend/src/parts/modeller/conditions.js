// A condition built from what the case knows: a fact, how it compares, and a value; what it cannot show stays typed.
const EQUALS = [['==', 'is'], ['!=', 'is not']];
const ORDER = [['<', 'is less than'], ['<=', 'is at most'], ['>', 'is more than'], ['>=', 'is at least']];
const KNOWN = [['== None', 'is not known'], ['!= None', 'is known']];
const SIMPLE = /^case\.([A-Za-z]\w*) (==|!=|<=|>=|<|>) (None|True|False|-?\d+(?:\.\d+)?|"[^"\\]*")$/;

export function taken(condition) {
  const [, key, sign, value] = SIMPLE.exec(condition.trim()) ?? [];
  if (!key) return null;
  if (value === 'None') return ['==', '!='].includes(sign) ? { key, sign: `${sign} None`, value: '' } : null;
  return { key, sign, value: value.replace(/^"(.*)"$/, '$1') };
}

export function comparisons(fact) {
  if (fact.options.length) return [...EQUALS, ...KNOWN];
  return ['number', 'date', 'time'].includes(fact.type) ? [...EQUALS, ...ORDER, ...KNOWN] : [...EQUALS, ...KNOWN];
}

// The text of a condition, or "" while a value is missing. Quotes and backslashes cannot be written in one.
export function written(fact, sign, value) {
  if (sign.endsWith('None')) return `case.${fact.key} ${sign}`;
  if (value === '') return '';
  if (fact.type === 'yes_no') return `case.${fact.key} ${sign} ${value}`;
  if (fact.type === 'number') return Number.isFinite(Number(value)) ? `case.${fact.key} ${sign} ${Number(value)}` : '';
  return `case.${fact.key} ${sign} "${value.replaceAll('\\', '').replaceAll('"', '')}"`;
}
