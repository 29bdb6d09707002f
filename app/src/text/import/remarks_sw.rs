//! What is said of a file's rows in Swahili.

use duka::catalog::{
    import::{FetchProblem, Pieces, PriceOf, Remark},
    media::PictureProblem,
};

pub fn told(remark: &Remark) -> String {
    match remark {
        // Whole rows.
        Remark::OtherLineWrong { line } => {
            format!("haikuingizwa, kwa sababu mstari {line} wa bidhaa hiyo hiyo una kosa")
        }
        Remark::Encoding { encoding } => {
            format!("faili ilisomwa kama {encoding}; angalia kama herufi zenye alama ziko sawa")
        }
        Remark::CellCount { cells, columns } => format!(
            "mstari una visanduku {cells} na kichwa kina {columns}; huenda alama ya nukuu au kitenganishi kimekosekana au kimezidi"
        ),
        Remark::NoText => "mstari una herufi ambazo si maandishi".to_owned(),
        Remark::EmptyRow => "mstari ni mtupu".to_owned(),
        Remark::RowWithoutName => "mstari hauna jina kwenye safu ya Name".to_owned(),
        Remark::RowOfNoProduct { column } => {
            let lacks = column.as_deref().unwrap_or("jina");
            format!("mstari hauna {lacks}, kwa hivyo haijulikani ni wa bidhaa gani")
        }
        Remark::RowApart { line } => {
            format!("ni wa bidhaa iliyotajwa juu; mstari wake kabla ya huu ni mstari {line}")
        }
        Remark::RowAddsNothing => "mstari hauongezi kitu: hauna aina wala picha".to_owned(),
        Remark::ParentMissing { parent } => format!("bidhaa {parent}, ambayo hii ni aina yake, haipo kwenye faili"),
        Remark::TypeNotSold { says } => {
            format!("bidhaa za namna ya “{says}” haziwezi kuuzwa hapa; za simple na variable zinaweza")
        }
        // What a product is.
        Remark::GiftCard => "kadi za zawadi bado haziuzwi hapa".to_owned(),
        Remark::TwoTitles { title, line, other } => {
            format!("jina “{title}” si lile la mstari {line}, “{other}”: bidhaa mbili zina Handle moja")
        }
        Remark::HandleWithoutTitle => "hakuna mstari wa Handle hii wenye Title".to_owned(),
        Remark::ProductWithoutName => "hakuna mstari wa bidhaa hii wenye jina".to_owned(),
        Remark::TitleTooLong { most } => format!("jina linazidi herufi {most}"),
        Remark::NoAddress => "Handle na Title zote haziwezi kufanywa anwani ya herufi na tarakimu".to_owned(),
        Remark::AddressMade { address } => format!("anwani ya bidhaa ni {address}"),
        Remark::AddressTaken { address, line } => format!("anwani {address} tayari ni ya bidhaa ya mstari {line}"),
        Remark::AddressTwice { address } => {
            format!("anwani {address} inaelekeza kwa bidhaa iliyo kwenye faili kwa anwani nyingine pia")
        }
        Remark::AddressOfOtherStore { address } => format!("anwani {address} ni ya bidhaa ya duka lingine"),
        Remark::AddressGivenMeanwhile => "anwani yake ilipewa bidhaa nyingine wakati huo huo".to_owned(),
        Remark::PublishedUnclear { says } => format!("Published ni “{says}”, ambayo si true wala false"),
        Remark::StatusUnknown { says } => format!("Status ni “{says}”, ambayo si active, draft wala archived"),
        Remark::DescriptionTooLong => "maelezo yanazidi kB 64".to_owned(),
        Remark::DescriptionPictures => "picha zilizo ndani ya maelezo ziliachwa".to_owned(),
        Remark::CategoryTooDeep { most } => format!("kundi lina zaidi ya ngazi {most} na lilikatwa"),
        Remark::CategoryLeftOut { category } => {
            format!("kundi {category} liliachwa: jina lake haliwezi kuwa anwani, au duka lina makundi 2,000 tayari")
        }
        Remark::WeightUnclear { says } => format!("uzito “{says}” si idadi ya gramu na uliachwa"),
        Remark::NotTaken { rule } => format!("duka haliikubali ({rule})"),
        // Its forms.
        Remark::NoVariations => "hakuna aina yake hata moja kwenye faili, kwa hivyo hakuna cha kununua".to_owned(),
        Remark::TooManyVariants { most } => format!("bidhaa ina zaidi ya aina {most}"),
        Remark::OneFormOnly { line } => {
            format!("bidhaa isiyo na machaguo ina aina moja tu, iliyo kwenye mstari {line}")
        }
        Remark::ChoiceTwice { choice, line } => format!("chaguo {choice} tayari lipo, kwenye mstari {line}"),
        Remark::ChoiceUnnamed { name } => format!("chaguo halina jina kwenye faili, na linaitwa “{name}”"),
        Remark::ChoiceNameTwice { name } => format!("machaguo mawili yana jina moja, {name}"),
        Remark::NoValue { choice } => format!("hakuna thamani ya chaguo {choice}"),
        Remark::ValueTooLong { choice, most } => format!("thamani ya chaguo {choice} inazidi herufi {most}"),
        Remark::VariantNotInFile { name: Some(name) } => {
            format!("aina {name} haipo kwenye faili na inabaki ilivyo")
        }
        Remark::VariantNotInFile { name: None } => "aina isiyo na jina haipo kwenye faili na inabaki ilivyo".to_owned(),
        Remark::VariantOfOtherChoices { name: Some(name) } => {
            format!("aina {name} haipo kwenye faili, ambayo inaipa bidhaa machaguo mengine, na inazimwa")
        }
        Remark::VariantOfOtherChoices { name: None } => {
            "aina isiyo na jina haipo kwenye faili, ambayo inaipa bidhaa machaguo mengine, na inazimwa".to_owned()
        }
        Remark::ChoicesUnsaid => {
            "bidhaa hii ina machaguo hapa, na mstari hauyataji wala hautaji SKU ya aina yake".to_owned()
        }
        Remark::SkuTwice { sku, line } => format!("SKU {sku} ni ya mstari {line} pia"),
        Remark::SkuOfOther { sku, product } => format!("SKU {sku} tayari ni ya bidhaa {product}"),
        Remark::SkuGivenMeanwhile => "SKU yake moja ilipewa bidhaa au aina nyingine wakati huo huo".to_owned(),
        Remark::NeitherYesNorNo { says } => format!("“{says}” si ndiyo wala hapana"),
        // Its pieces.
        Remark::BelowZero { of, pieces } => format!("{} {pieces} ni chini ya sifuri", number(*of)),
        Remark::PiecesUnclear { of, says } => {
            format!("{} “{says}” si nambari kamili kati ya 0 na 1,000,000", number(*of))
        }
        Remark::NotCounted => {
            "idadi yake haijahesabiwa kwenye faili; kinachohesabiwa hapa ndicho kinaweza kuuzwa".to_owned()
        }
        Remark::NoSaleWithoutStock => "kuuza bila stoki hakuwezekani hapa; kilichopo ndicho kinauzwa".to_owned(),
        Remark::StockPromised { pieces } => {
            format!("vipande {pieces} vimeahidiwa wateja wanaolipa sasa, kwa hivyo stoki imewekwa {pieces}")
        }
        // Its prices.
        Remark::NoPrice { column } => format!("hakuna {column}"),
        Remark::PriceNoNumber { which, says } => {
            format!("{} “{says}” si nambari kama 1250 au 1,250.50", price(*which))
        }
        Remark::PriceAmbiguous { which, says } => {
            format!("{} “{says}” inaweza kuwa elfu au sehemu ya shilingi; iandike bila nukta", price(*which))
        }
        Remark::PriceTooLarge { which, says } => format!("{} “{says}” ni kubwa mno kuwa ya kweli", price(*which)),
        Remark::PriceNotWhole { which, says } => {
            format!(
                "{} {says} si shilingi kamili; weka kiwango cha bei za kigeni kama ni sarafu nyingine",
                price(*which)
            )
        }
        Remark::PriceOfNothing { says } => format!("bei “{says}” inakuwa sifuri"),
        Remark::PriceConverted { which, says, rate, money } => {
            format!("{}: {says} × {rate} = {money}", price(*which))
        }
        Remark::PriceRounded { which, says, rate, exact, money } => {
            format!("{}: {says} × {rate} = {exact}, ikakadiriwa kuwa {money}", price(*which))
        }
        Remark::FormerPriceNotAbove { money } => format!("bei ya awali {money} haizidi bei ya sasa na iliachwa"),
        Remark::CostUnclear { says } => format!("gharama “{says}” si nambari ya kawaida na iliachwa"),
        // Its pictures.
        Remark::TooManyPictures { most } => format!("picha iliachwa: bidhaa ina picha {most} kwa wingi"),
        Remark::PictureNotInFolder { picture } => format!("picha {picture} si faili iliyo kwenye folda ya bidhaa"),
        Remark::PictureNotFound { picture } => format!("picha {picture} haikupatikana"),
        Remark::PictureUnreadable { picture } => format!("picha {picture} haisomeki"),
        Remark::PictureNotTaken { picture, problem } => format!("picha {picture} {}", not_taken(*problem)),
        Remark::PictureOfHostNotTaken { host, problem } => format!("picha iliyoko {host} {}", not_taken(*problem)),
        Remark::PictureElsewhere { host } => format!("picha iliyoko {host} haikuletwa"),
        Remark::PictureNotFetched { host, problem } => {
            format!("picha iliyoko {host} haikuletwa: {}", not_fetched(problem))
        }
    }
}

const fn price(which: PriceOf) -> &'static str {
    match which {
        PriceOf::Now => "bei",
        PriceOf::Before => "bei ya awali",
    }
}

const fn number(of: Pieces) -> &'static str {
    match of {
        Pieces::Quantity => "idadi",
        Pieces::Limit => "kikomo cha kukaribia kuisha",
    }
}

const fn not_taken(problem: PictureProblem) -> &'static str {
    match problem {
        PictureProblem::TooHeavy => "inazidi MiB 8",
        PictureProblem::TooManyPixels => "ina zaidi ya megapikseli 40 au upande unaozidi pikseli 12,000",
        PictureProblem::UnknownKind => "si picha ya jpeg, png wala webp",
        PictureProblem::Damaged => "imeharibika",
    }
}

fn not_fetched(problem: &FetchProblem) -> String {
    let why = match problem {
        FetchProblem::NoAddress => "hii si anwani ya picha kwenye mtandao",
        FetchProblem::NotPublic => "seva yake haiko kwenye mtandao wa umma",
        FetchProblem::UnknownHost => "seva yake haijulikani",
        FetchProblem::GivenUp => "seva yake haikujibu kuhusu picha ya awali, na haikuulizwa tena",
        FetchProblem::TooSlow => "seva yake haikujibu kwa sekunde 15",
        FetchProblem::Unreachable => "seva yake haikufikika",
        FetchProblem::Moved => "inaelekeza kwa anwani nyingine, ambayo haifuatwi",
        FetchProblem::Refused(code) => return format!("seva yake ilijibu {code}"),
        FetchProblem::TooLarge => "inazidi MiB 8",
    };
    why.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// One of each as it is stored, and of each of their reasons.
    const SAMPLES: &str = include_str!("../../../../src/catalog/import/samples/remarks.json");
    /// Parameters that are words of ours, which each language says in its own way.
    const OUR_WORDS: [&str; 5] = ["kind", "which", "of", "problem", "money"];

    /// Numbers as they are written: `1250`, `1,250.50`.
    fn numbers(text: &str) -> Vec<&str> {
        text.split(|letter: char| !letter.is_ascii_digit() && letter != ',' && letter != '.')
            .map(|number| number.trim_matches([',', '.']))
            .filter(|number| !number.is_empty())
            .collect()
    }

    #[test]
    fn every_remark_is_said_in_swahili_with_the_same_facts() {
        let samples: Vec<Value> = serde_json::from_str(SAMPLES).unwrap();
        let mut said: Vec<String> = Vec::new();
        for sample in samples {
            let remark: Remark = serde_json::from_value(sample.clone()).unwrap();
            let (english, swahili) = (remark.to_string(), told(&remark));
            assert_ne!(swahili, english);
            for number in numbers(&english) {
                assert!(numbers(&swahili).contains(&number), "{number} is missing: {swahili}");
            }
            let words = sample.as_object().unwrap().iter().filter(|(name, _)| !OUR_WORDS.contains(&name.as_str()));
            for word in words.filter_map(|(_, word)| word.as_str()) {
                assert!(swahili.contains(word), "{word} is missing: {swahili}");
            }
            assert!(!said.contains(&swahili), "said of two things: {swahili}");
            said.push(swahili);
        }
    }
}
