#!/bin/sh
# First process of the container: becomes the process of the product that the command names.
set -eu
home=${SARAPTAMA_HOME:-/app}
case ${1:-} in
  api) exec node "$home/apps/api/dist/main.js" ;;
  worker) exec node "$home/apps/api/dist/worker.js" ;;
  migrate) exec node "$home/apps/api/dist/migrate.js" ;;
  portal) exec node "$home/apps/portal/server.ts" ;;
  admin) exec env PORT="${PORT:-3001}" node "$home/apps/admin/server.ts" ;;
  *)
    echo "Say which process to run: api, worker, portal, admin or migrate." >&2
    exit 64
    ;;
esac
