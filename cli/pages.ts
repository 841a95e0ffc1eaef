// Lists page by themselves: a list route as one stream of rows, fetched as they are taken.

interface PageOf<Row> {
  items: Row[];
  next: string | null;
}

const PAGE = '500';

export async function* pages<Row>(fetchPage: (page: { limit: string; after?: string }) => Promise<PageOf<Row>>, limit = PAGE) {
  let after: string | undefined;
  do {
    const page: PageOf<Row> = await fetchPage(after === undefined ? { limit } : { limit, after });
    yield* page.items;
    after = page.next ?? undefined;
  } while (after !== undefined);
}
