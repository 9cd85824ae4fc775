/** A file of the API as an answer that the browser saves. */
export function sheetResponse(sheet: { name: string; contentType: string; file: string }): Response {
  return new Response(Buffer.from(sheet.file, 'base64'), {
    headers: {
      'content-type': sheet.contentType,
      'content-disposition': `attachment; filename="${sheet.name}"`,
    },
  });
}
