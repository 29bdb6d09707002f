-- Asks a thousand shops for home, a category, products and a search, popular shops more often than others.
-- Of a hundred requests five are for a page that nobody asked for before, fifty for a known page by a new address, as
-- links from elsewhere are, and the rest for a known one by its own. Arguments: port, tenants, products, file of search words.
local port, tenants, products
local words = {}

function init(arguments)
  port = arguments[1]
  tenants, products = tonumber(arguments[2]), tonumber(arguments[3])
  for word in io.lines(arguments[4]) do
    words[#words + 1] = word
  end
  math.randomseed(os.time())
end

local function digits()
  return string.format("%08x", math.random(0, 0x7fffffff))
end

local function known()
  local paths = { "/?", "/c/category-0?", "/p/product-0?", "/p/product-" .. products - 1 .. "?", "/search?q=" .. words[1] .. "&" }
  return paths[math.random(#paths)]
end

local function new()
  if math.random(2) == 1 then
    return "/p/product-" .. math.random(0, products - 1) .. "?variant=" .. digits() .. "-0000-7000-8000-0000" .. digits()
  end
  -- To the search great and small letters are alike, to the cache they are another page.
  local word = words[math.random(#words)]
  return "/search?q=" .. word:gsub("%a", function(letter) return math.random(2) == 1 and letter:upper() or letter end)
end

function request()
  local dice = math.random(100)
  local path
  if dice <= 5 then
    path = new()
  elseif dice <= 55 then
    path = known() .. "fbclid=" .. digits()
  else
    path = known():sub(1, -2)
  end
  return wrk.format("GET", path, {
    ["Host"] = "shop-" .. math.floor(tenants * math.random() ^ 3) .. ".localhost:" .. port,
    ["User-Agent"] = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
    ["Accept"] = "text/html",
    ["Accept-Encoding"] = "gzip, deflate, br",
    ["Cookie"] = "duka_visit=" .. digits() .. digits() .. string.rep("ab", 24),
    ["X-Forwarded-For"] = "41." .. math.random(64, 127) .. "." .. math.random(0, 255) .. "." .. math.random(1, 250),
  })
end
