-- Asks the shops' search for one product each, as a returning phone does. Arguments: port, tenants, products.
-- Great and small letters are thrown like dice: to the search they are alike, to the cache each is another page, so that
-- nearly every page is drawn.
local port, tenants, products

function init(arguments)
  port = arguments[1]
  tenants, products = tonumber(arguments[2]), tonumber(arguments[3])
  math.randomseed(os.time())
end

function request()
  -- Scattered as in `seed::search_words`: neighbours must not be one mistake apart.
  local word = string.format("item%08x", math.random(0, products - 1) * 2654435761 % 2147483648)
  word = word:gsub("%a", function(letter) return math.random(2) == 1 and letter:upper() or letter end)
  return wrk.format("GET", "/search?q=" .. word, {
    ["Host"] = "shop-" .. math.random(0, tenants - 1) .. ".localhost:" .. port,
    ["User-Agent"] = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
    ["Accept"] = "text/html",
    ["Accept-Encoding"] = "gzip, deflate, br",
    ["Cookie"] = "duka_visit=" .. string.rep("ab", 32),
  })
end
