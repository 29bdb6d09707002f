-- Presses "Place order", each time for the next cart. Arguments: port, tenants, number of the first cart.
local port, tenants, cart

function init(arguments)
  port = arguments[1]
  tenants, cart = tonumber(arguments[2]), tonumber(arguments[3])
end

function request()
  local n = cart
  cart = cart + 1
  local body = "idempotency_key=key-" .. n .. "&seen_total_cents=115000&name=Amina+Wanjiru&phone=07" .. string.format("%08d", n)
    .. "&area=Westlands&street=Mpaka+Road%2C+blue+gate&instructions=&payment_method=cod"
  return wrk.format("POST", "/checkout", {
    ["Host"] = "shop-" .. (n % tenants) .. ".localhost:" .. port,
    ["User-Agent"] = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Cookie"] = "duka_cart=" .. string.format("%064x", n),
    ["X-Forwarded-For"] = "41.90." .. (math.floor(n / 250) % 250) .. "." .. (n % 250 + 1),
  }, body)
end
