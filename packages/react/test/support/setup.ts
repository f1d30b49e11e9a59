// React says what it does not like on the console: no test may make it.
let complaints: jest.SpyInstance[] = [];

beforeEach(() => {
  complaints = (['error', 'warn'] as const).map((level) => jest.spyOn(console, level));
});

afterEach(() => {
  const calls = complaints.flatMap((spy) => spy.mock.calls);
  for (const spy of complaints) spy.mockRestore();
  expect(calls).toEqual([]);
});
