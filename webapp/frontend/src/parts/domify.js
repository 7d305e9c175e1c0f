// Markup of the libraries as elements, in place of the package of this name. A strict content security policy refuses
// every style attribute that is parsed; the same words given to the element's style by a script are allowed.
import domify from 'domify';

const ASIDE = 'data-drawn-style';

export default function styled(markup, document = globalThis.document) {
  const made = domify(markup.replace(/(<[^<>]*?\s)style=(?=["'])/g, `$1${ASIDE}=`), document);
  for (const element of [made, ...(made.querySelectorAll?.('*') ?? [])]) {
    const style = element.getAttribute?.(ASIDE);
    if (style) element.style.cssText = style;
    element.removeAttribute?.(ASIDE);
  }
  return made;
}
