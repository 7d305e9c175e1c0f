// The week of the plan editor, over its form.
import { timetable } from './parts/timetable/week.js';

for (const section of document.querySelectorAll('[data-timetable]')) timetable(section);
