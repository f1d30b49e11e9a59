import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RECORDINGS } from '../../model/index.js';

/** Another recording is another page. */
@Component({
  selector: 'label[appRecordingChoice]',
  template: `
    Recording
    <select #choice (change)="open(choice.value)">
      @for (recording of recordings; track recording) {
        <option [selected]="recording === name()">{{ recording }}</option>
      }
    </select>
  `,
  host: { class: 'field' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RecordingChoice {
  /** Of the recording that is shown. */
  readonly name = input.required<string>();

  protected readonly recordings = RECORDINGS;

  protected open(recording: string): void {
    location.assign(`?recording=${recording}`);
  }
}
