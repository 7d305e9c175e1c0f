// Why something was not put down, beside the pointer, for as long as it takes to read.
const READING = 6000;   // milliseconds
const MARK = 48;        // pixels at the foot of the canvas, where the mark of bpmn.io stands

export class Telling {
  static $inject = ['eventBus', 'canvas'];

  constructor(eventBus, canvas) {
    const box = Object.assign(document.createElement('p'), { className: 'app-modeller__told', hidden: true });
    box.setAttribute('role', 'status');
    canvas.getContainer().append(box);
    let gone = null;
    const hide = () => { box.hidden = true; };
    eventBus.on(['create.rejected', 'shape.move.rejected'], ({ originalEvent }) => {
      const { left, top, width, height } = canvas.getContainer().getBoundingClientRect();
      box.textContent = 'Put it inside the process: on a lane, or on an arrow.';
      box.hidden = false;
      const { offsetWidth, offsetHeight } = box;
      box.style.left = `${Math.max(0, Math.min((originalEvent?.clientX ?? left) - left + 12, width - offsetWidth))}px`;
      box.style.top = `${Math.max(0, Math.min((originalEvent?.clientY ?? top) - top + 12, height - offsetHeight - MARK))}px`;
      clearTimeout(gone);
      gone = setTimeout(hide, READING);
    });
    eventBus.on(['drag.init', 'commandStack.changed'], hide);
  }
}
