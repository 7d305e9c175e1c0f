// On every page. Everything here is an improvement: each page works without it.
import { initAll } from 'nhsuk-frontend';
import htmx from 'htmx.org';
import { autosave } from './parts/autosave.js';
import { planEditor } from './parts/plan-editor.js';
import { canBeComeBackTo } from './parts/sent-back.js';
import { guardChanges } from './parts/unsaved.js';

// The content security policy allows neither eval nor inline styles, and a form that is sent back with 422 is shown.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '422', swap: true },
    { code: '[45]..', swap: false, error: true },
  ],
});

// A part of a page that arrives later may hold components that are at work already; only that complaint is silent.
const onError = (error) => {
  if (error.name !== 'InitError') console.error(error);
};
initAll({ onError });
document.addEventListener('htmx:load', (event) => initAll({ scope: event.target, onError }));

canBeComeBackTo();
guardChanges();
autosave();
planEditor();
