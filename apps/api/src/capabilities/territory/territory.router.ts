import {
  AssignTerritoryInput,
  ChangeTerritoryOutput,
  ExportTerritoryOutput,
  ImportTerritoryOutput,
  PreviewTerritoryOutput,
  TerritoryFileInput,
  TerritoryInput,
  TerritoryOutput,
} from '@mse/contracts/territory';
import { procedure, router } from '../../trpc.ts';
import { assignTerritory, importTerritory, previewTerritory } from './change-territory.ts';
import { exportTerritory } from './export-territory.ts';
import { showTerritory } from './show-territory.ts';

export const territoryRouter = router({
  map: procedure('territory.map')
    .input(TerritoryInput)
    .output(TerritoryOutput)
    .query(({ ctx, input }) => showTerritory(ctx.call, input)),
  assign: procedure('territory.assign')
    .input(AssignTerritoryInput)
    .output(ChangeTerritoryOutput)
    .mutation(({ ctx, input }) => assignTerritory(ctx.call, input)),
  previewImport: procedure('territory.previewImport')
    .input(TerritoryFileInput)
    .output(PreviewTerritoryOutput)
    .query(({ ctx, input }) => previewTerritory(ctx.call, input)),
  import: procedure('territory.import')
    .input(TerritoryFileInput)
    .output(ImportTerritoryOutput)
    .mutation(({ ctx, input }) => importTerritory(ctx.call, input)),
  export: procedure('territory.export')
    .output(ExportTerritoryOutput)
    .query(({ ctx }) => exportTerritory(ctx.call)),
});
