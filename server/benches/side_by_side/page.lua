-- Asks for product pages as a returning phone does. Arguments: port, tenants, products, "kept" or "drawn".
-- "drawn" names a variant that nobody has: every address is new, so every page is drawn.
local port, tenants, products, drawn

function init(arguments)
  port = arguments[1]
  tenants, products = tonumber(arguments[2]), tonumber(arguments[3])
  drawn = arguments[4] == "drawn"
  math.randomseed(os.time())
end

function request()
  local path = "/p/product-" .. math.random(0, products - 1)
  if drawn then
    path = path .. string.format("?variant=%08x-%04x-7000-8000-%04x%08x", math.random(0, 0x7fffffff), math.random(0, 0xffff), math.random(0, 0xffff), math.random(0, 0x7fffffff))
  end
  return wrk.format("GET", path, {
    ["Host"] = "shop-" .. math.random(0, tenants - 1) .. ".localhost:" .. port,
    ["User-Agent"] = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
    ["Accept"] = "text/html",
    ["Accept-Encoding"] = "gzip, deflate, br",
    ["Cookie"] = "duka_visit=" .. string.rep("ab", 32),
  })
end
