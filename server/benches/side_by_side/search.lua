-- Asks the shops' search for one product each, as a returning phone does. Arguments: port, tenants, file of words.
-- Great and small letters are thrown like dice: to the search they are alike, to the cache each is another page. Twelve
-- letters have 4,096 spellings, so that nearly every page is drawn even where a shop has but one product.
local port, tenants
local words = {}

function init(arguments)
  port, tenants = arguments[1], tonumber(arguments[2])
  for word in io.lines(arguments[3]) do
    words[#words + 1] = word
  end
  math.randomseed(os.time())
end

function request()
  local word = words[math.random(#words)]
  word = word:gsub("%a", function(letter) return math.random(2) == 1 and letter:upper() or letter end)
  return wrk.format("GET", "/search?q=" .. word, {
    ["Host"] = "shop-" .. math.random(0, tenants - 1) .. ".localhost:" .. port,
    ["User-Agent"] = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
    ["Accept"] = "text/html",
    ["Accept-Encoding"] = "gzip, deflate, br",
    ["Cookie"] = "duka_visit=" .. string.rep("ab", 32),
  })
end
