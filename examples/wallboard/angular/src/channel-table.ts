import { ChangeDetectionStrategy, Component } from '@angular/core';
import { CallFigures, LiveChannels, SourceState } from '../../model/index.js';
import { injectShown } from './inject-shown.js';
import { TablePanel } from './table-panel.js';

@Component({
  selector: 'app-channel-table',
  imports: [TablePanel],
  template: `
    <section
      appTablePanel
      name="channels"
      title="Live channels"
      [alive]="figures().channelsAlive"
      [created]="figures().channels"
      [more]="channels().more"
      [emptyText]="sourceState().emptyText"
    >
      <thead>
        <tr>
          <th scope="col" class="table__state">State</th>
          <th scope="col">Caller</th>
          <th scope="col">To</th>
          <th scope="col" class="table__duration table__number">For</th>
        </tr>
      </thead>
      <tbody>
        @for (row of channels().rows; track row.id) {
          <tr>
            <td>
              <span class="state state--{{ row.activity }}">
                <span class="glyph glyph--{{ row.activity }}" aria-hidden="true"></span>
                {{ row.state }}
              </span>
            </td>
            <td>{{ row.caller }}</td>
            <td>{{ row.to }}</td>
            <td class="table__number">{{ row.duration }}</td>
          </tr>
        }
      </tbody>
    </section>
  `,
  styles: ':host { display: contents }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChannelTable {
  protected readonly channels = injectShown(LiveChannels);
  protected readonly figures = injectShown(CallFigures);
  protected readonly sourceState = injectShown(SourceState);
}
