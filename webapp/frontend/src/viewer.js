// A process diagram to look at and move around in, with the steps that are waiting now marked:
//   <div data-diagram="/address/of.bpmn" data-waiting="sign_plan check_plan"></div>
// The page says the same in words, as an ordered list: the diagram is for those who like pictures.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';

async function show(container) {
  const viewer = new NavigatedViewer({ container });
  const answer = await fetch(container.dataset.diagram, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`the diagram could not be fetched (${answer.status})`);
  await viewer.importXML(await answer.text());

  const canvas = viewer.get('canvas');
  const elements = viewer.get('elementRegistry');
  const waiting = (container.dataset.waiting ?? '').split(/\s+/).filter((id) => elements.get(id));
  for (const id of waiting) canvas.addMarker(id, 'app-waiting');
  canvas.zoom('fit-viewport', 'auto');
  container.dataset.shown = 'true';
}

for (const container of document.querySelectorAll('[data-diagram]')) {
  show(container).catch((error) => {
    container.hidden = true;
    console.error(error);
  });
}
