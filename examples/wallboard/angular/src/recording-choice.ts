import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RECORDINGS } from '../../model/index.js';

/** Another recording is another page: the form asks for it by the query. Choosing alone does not, the keys go through all. */
@Component({
  selector: 'form[appRecordingChoice]',
  template: `
    <label class="field">
      Recording
      <select name="recording">
        @for (recording of recordings; track recording) {
          <option [selected]="recording === name()">{{ recording }}</option>
        }
      </select>
    </label>
    <button type="submit" class="button">Open</button>
  `,
  host: { class: 'field' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RecordingChoice {
  /** Of the recording that is shown. */
  readonly name = input.required<string>();

  protected readonly recordings = RECORDINGS;
}
