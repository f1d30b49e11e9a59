/** The inspector's page, one HTML text with all that it needs. What is published has the built one in its place. */
export const html =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Inspector</title><body><p>The page of the inspector has not been built: <code>npm run build</code>.';
