import { recordingTransport } from '../../src/transports/recording-transport.js';

describe('recordingTransport', () => {
  it('records packets and their lines, with and without a newline at the end', () => {
    const recording = recordingTransport();
    recording.send('a:1|c\nb:1|c');
    recording.send('c:1|c\n');
    expect(recording.packets).toEqual(['a:1|c\nb:1|c', 'c:1|c\n']);
    expect(recording.lines).toEqual(['a:1|c', 'b:1|c', 'c:1|c']);
  });

  it('has live lists', () => {
    const recording = recordingTransport();
    const { lines } = recording;
    recording.send('a:1|c');
    expect(lines).toEqual(['a:1|c']);
    recording.clear();
    expect(lines).toEqual([]);
    expect(recording.packets).toEqual([]);
  });

  it('records each transport by itself', () => {
    const recording = recordingTransport();
    recording.send('a:1|c');
    expect(recordingTransport().lines).toEqual([]);
  });
});
