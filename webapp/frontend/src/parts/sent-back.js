// A form that is sent back with complaints is the answer to a POST: nothing keeps it, and going Back to it would end at
// an error of the browser. So its place in the history becomes the form as one opens it. A page that only shows what
// was typed, to be copied, stays what it is.
export function canBeComeBackTo() {
  if (document.querySelector('main form[method="post"]')) history.replaceState(history.state, '', location.href);
}
