import { ChangeDetectionStrategy, Component } from '@angular/core';
import { CallFigures, LiveBridges, SourceState } from '../../model/index.js';
import { injectShown } from './inject-shown.js';
import { TablePanel } from './table-panel.js';

@Component({
  selector: 'app-bridge-table',
  imports: [TablePanel],
  template: `
    <section
      appTablePanel
      name="bridges"
      title="Bridges"
      [alive]="figures().bridgesAlive"
      [created]="figures().bridges"
      [more]="bridges().more"
      [emptyText]="sourceState().emptyText"
    >
      <thead>
        <tr>
          <th scope="col">Bridge</th>
          <th scope="col" class="table__members table__number">Channels</th>
          <th scope="col" class="table__members table__number">For</th>
        </tr>
      </thead>
      <tbody>
        @for (row of bridges().rows; track row.id) {
          <tr>
            <td>{{ row.name }}</td>
            <td class="table__number">{{ row.channels }}</td>
            <td class="table__number">{{ row.duration }}</td>
          </tr>
        }
      </tbody>
    </section>
  `,
  styles: ':host { display: contents }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BridgeTable {
  protected readonly bridges = injectShown(LiveBridges);
  protected readonly figures = injectShown(CallFigures);
  protected readonly sourceState = injectShown(SourceState);
}
