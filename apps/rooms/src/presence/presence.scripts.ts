/**
 * Presence in Redis, changed by scripts so that several instances of this service agree.
 *
 * `{presence}:user:<id>`  hash: one field per gateway, `<status>|<expires at, ms>`, and `status`, all merged
 * `{presence}:seen`       sorted set: who is connected, by when the last of the reports expires
 * `{presence}:told:<id>`  what the signal last said, `<status>|<at, ms>`
 * `{presence}:due`        sorted set: who has changed and was not told of since, by when the next signal may go
 * `{presence}:compared`   there while hosts need not be compared with who is connected again
 *
 * The braces keep all of it on one node of a cluster.
 */
export const KEYS = {
  seen: '{presence}:seen',
  due: '{presence}:due',
  user: '{presence}:user:',
  told: '{presence}:told:',
  compared: '{presence}:compared',
} as const;

/**
 * `settle(id)` merges a user's gateways, forgets the expired and notes the id when the merged status changed. Who changed is
 * due at once, so that somebody tells of it even if this instance cannot.
 */
const SETTLE = `
  local t = redis.call('TIME')
  local now = t[1] * 1000 + math.floor(t[2] / 1000)
  local changed = {}
  local function settle(id)
    local key = '${KEYS.user}' .. id
    local fields = redis.call('HGETALL', key)
    local before, merged, last = 'offline', 'offline', 0
    for i = 1, #fields, 2 do
      if fields[i] == 'status' then
        before = fields[i + 1]
      else
        local status, expires = string.match(fields[i + 1], '^(%a+)|(%d+)$')
        expires = tonumber(expires)
        if expires <= now then
          redis.call('HDEL', key, fields[i])
        else
          last = math.max(last, expires)
          if status == 'online' or merged == 'offline' then merged = status end
        end
      end
    end
    if merged == 'offline' then
      redis.call('DEL', key)
      redis.call('ZREM', '${KEYS.seen}', id)
    else
      redis.call('HSET', key, 'status', merged)
      redis.call('ZADD', '${KEYS.seen}', last, id)
    end
    if merged ~= before then
      redis.call('ZADD', '${KEYS.due}', 'NX', now, id)
      table.insert(changed, id)
      table.insert(changed, merged)
    end
  end`;

/** ARGV: gateway, milliseconds a report holds, then id and status in turn. Answers id and merged status of who changed. */
export const REPORT = `${SETTLE}
  for i = 3, #ARGV, 2 do
    local key = '${KEYS.user}' .. ARGV[i]
    if ARGV[i + 1] == 'offline' then
      redis.call('HDEL', key, ARGV[1])
    else
      redis.call('HSET', key, ARGV[1], ARGV[i + 1] .. '|' .. (now + ARGV[2]))
    end
    settle(ARGV[i])
  end
  return changed`;

/** ARGV: how many at most. Settles whose reports have expired; answers like REPORT. */
export const EXPIRE = `${SETTLE}
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', '${KEYS.seen}', '-inf', now, 'LIMIT', 0, ARGV[1])) do settle(id) end
  return changed`;

/**
 * ARGV: milliseconds between two signals of one user, then id, what to show when online and when away, in turn.
 * Answers id and status of those to be told now; who was told a moment ago becomes due later. Who changed and changed back
 * is told all the same: somebody may have looked in between.
 */
export const TELL = `
  local t = redis.call('TIME')
  local now = t[1] * 1000 + math.floor(t[2] / 1000)
  local tell = {}
  for i = 2, #ARGV, 3 do
    local id = ARGV[i]
    local connected = redis.call('HGET', '${KEYS.user}' .. id, 'status') or 'offline'
    local shown = connected
    if connected == 'online' then shown = ARGV[i + 1] elseif connected == 'away' then shown = ARGV[i + 2] end
    local last, at = string.match(redis.call('GET', '${KEYS.told}' .. id) or 'unknown|0', '^(%a+)|(%d+)$')
    local hasChanged = redis.call('ZREM', '${KEYS.due}', id) == 1
    if hasChanged or last ~= shown then
      if now - at < tonumber(ARGV[1]) then
        redis.call('ZADD', '${KEYS.due}', at + ARGV[1], id)
      else
        redis.call('SET', '${KEYS.told}' .. id, shown .. '|' .. now, 'EX', 86400)
        table.insert(tell, id)
        table.insert(tell, shown)
      end
    end
  end
  return tell`;

/** ARGV: how many at most. Who may be told of now. */
export const DUE = `
  local t = redis.call('TIME')
  return redis.call('ZRANGEBYSCORE', '${KEYS.due}', '-inf', t[1] * 1000 + math.floor(t[2] / 1000), 'LIMIT', 0, ARGV[1])`;
