/** Says that there is nothing, and why. */
export function Empty({ children }: { readonly children: React.ReactNode }): React.ReactNode {
  return <p className="empty">{children}</p>;
}
