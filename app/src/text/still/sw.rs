//! The still pages in Swahili.

use super::StillWords;
use duka::error::Refusal;
use duka::kernel::field_errors::FieldProblem;

pub const WORDS: StillWords = StillWords {
    save: "Hifadhi",
    saved: "Imehifadhiwa.",
    cancel: "Ghairi",
    back: "Rudi",
    optional: "si lazima",
    secret_kept: "Imewekwa. Haionyeshwi tena; andika hapa tu kuibadilisha.",
    secret_missing: "Bado haijawekwa.",
    look_again: "Bado haijahifadhiwa: kuna kitu hapa chini cha kuangalia tena.",
    changed_meanwhile: "Bado haijahifadhiwa: mtu amebadilisha hapa ulipokuwa ukiandika. Angalia tofauti; ulichoandika bado kipo.",
    it_was: "Ilikuwa",
    it_is_now: "Sasa ni",
    you_typed: "Umeandika",
    nothing: "tupu",
    ticked: "imewekwa alama",
    save_anyway: "Hifadhi ilivyo hapa",
    signed_out: "Umetoka, kwa hivyo hakuna kilichohifadhiwa. Ingia kwenye ukurasa mpya unaofunguka, kisha pakia tena ukurasa huu: kivinjari chako kitatuma tena ulichoandika.",
    not_done: "Hili halikufanyika",
    not_permitted: "Hapa hujaruhusiwa",
    not_permitted_text: "Nafasi yako hairuhusu hili. Mwenye duka anaweza kulifanya, au kubadilisha nafasi yako.",
    sign_in: "Ingia",
    unknown_field: |name| format!("Fomu hii haina sehemu “{name}”."),
    refused: |refusal| {
        Some(match refusal {
            Refusal::NotAccepted => "Kubali oda kwanza. Hakuna kilichoandikwa wala kutumwa.",
            Refusal::LastOwner => "Duka linahitaji mwenye duka. Mfanye mwingine kwanza; hakuna kilichobadilika.",
            Refusal::NotReady => "Kuna kitu kinakosekana kabla ya kufungua duka. Hakuna kilichobadilika.",
            Refusal::TooManyVariants { .. } => {
                "Hivyo zingekuwa aina zaidi ya 250. Hakuna kilichotengenezwa wala kubadilishwa; punguza chaguo, au tumia bidhaa mbili."
            }
            Refusal::TooManyCategories { .. } => "Duka linaweza kuwa na makundi 500. Hakuna kilichoongezwa.",
            Refusal::MoneyIsNotThere => "Pesa hiyo imeshahamishwa, au haikuwa nyingi hivyo. Pakia ukurasa tena.",
            Refusal::GapClosed => "Mtu mwingine ameifunga tayari.",
            Refusal::ReceiptUsed => "Risiti hiyo imeshatumika.",
            Refusal::RefundOnItsWay => {
                "M-Pesa ina marejesho haya na bado haijasema kilichotokea. Hakuna kilichobadilishwa."
            }
            Refusal::RefundEnded => "Marejesho haya yameshaisha. Hakuna kilichobadilishwa.",
            Refusal::NotOursToKeep => "Pesa hii ilizidi na ni ya mnunuzi: irudishe, au iweke kama akiba yake.",
            Refusal::NobodyToCredit => "Hakuna mteja anayejulikana kwa hili. Irudishe badala yake.",
            Refusal::OnlyByHand => "Haiwezi kurudi yenyewe. Itume mwenyewe kisha uandike risiti.",
            Refusal::AccountTestOpen => "Ombi bado liko wazi. Lijibu kwenye simu, au subiri dakika tatu.",
            Refusal::CountEnded => "Hesabu hii tayari imetumika au imewekwa kando. Hakuna kilichobadilika.",
            Refusal::PromptStillOpen => {
                "Mteja analipa sasa hivi. Hakuna kilichobadilika; jaribu tena baada ya dakika chache."
            }
            Refusal::NothingToPay => "Oda hii tayari imelipwa, imekubaliwa au imefungwa. Hakuna kilichobadilika.",
            _ => return None,
        })
    },
    problem: |problem| {
        Some(match problem {
            FieldProblem::Missing => "Tafadhali jaza hapa.",
            FieldProblem::TooLong => "Hii ni ndefu mno.",
            FieldProblem::TooShort => "Hii ni fupi mno.",
            FieldProblem::TooLow => "Hii ni kidogo mno.",
            FieldProblem::TooHigh => "Hii ni nyingi mno.",
            FieldProblem::NotWhole => "Nambari kamili tafadhali, kama 10.",
            FieldProblem::Unreadable => "Kuna herufi zisizosomeka hapa.",
            FieldProblem::UnknownField => "Fomu hii haina sehemu hiyo.",
            FieldProblem::UnknownChoice => "Chagua moja kwenye orodha.",
            FieldProblem::NoSuchProduct => "Moja ya hizi si bidhaa yako. Andika anwani au SKU, moja kwa kila mstari.",
            FieldProblem::NotAnAddress => "Herufi ndogo, tarakimu na kistari kimoja kimoja, kama mama-njeri.",
            FieldProblem::ReservedAddress => "Anwani hii si ya maduka. Chagua nyingine.",
            FieldProblem::Taken => "Mtu mwingine anayo tayari. Chagua nyingine.",
            FieldProblem::TooCommon => "Hii ni rahisi kukisia. Maneno matatu au manne yasiyohusiana ni mazuri.",
            FieldProblem::WrongPassword => "Hili si nenosiri lako.",
            FieldProblem::WrongCode => "Nambari hii si sahihi, au imeshatumika. Subiri inayofuata.",
            FieldProblem::NotAColour => "Rangi kama #14532d, tafadhali.",
            FieldProblem::TooPale => "Maneno meupe juu ya rangi hii hayasomeki. Chagua iliyokolea.",
            FieldProblem::NotADomain => "Jina kama duka.co.ke, tafadhali, bila www wala mikwaju.",
            FieldProblem::NotANumber => "Tarakimu tu, tafadhali: 5 hadi 7.",
            FieldProblem::NotAKey => "Huu si ufunguo kama huo. Wa umma huanza na pk_, wa siri na sk_.",
            FieldProblem::TwoWorlds => {
                "Ufunguo mmoja ni wa pesa halisi na mwingine wa majaribio. Chukua yote mahali pamoja."
            }
            FieldProblem::NotATaxNumber => "PIN kama P051234567X, tafadhali.",
            FieldProblem::NoTaxNumber => "Aliyesajiliwa kwa VAT ana PIN ya KRA. Iandike hapa, au ondoa alama.",
            FieldProblem::NotAPicture => "Picha ya JPEG, PNG au WebP, tafadhali.",
            FieldProblem::TooHeavy => "Picha hii ni kubwa mno: isizidi MB 8.",
            FieldProblem::LastOwner => "Duka linahitaji mwenye duka. Mfanye mwingine awe mwenye duka kwanza.",
            FieldProblem::NotByMpesa => {
                "M-Pesa hutuma shilingi kamili tu, zisizozidi KSh 250,000 kwa mara moja. Chagua njia nyingine ya kulipa."
            }
            FieldProblem::NotAPercentage => "Namba isiyozidi 100, kama 12.5.",
            FieldProblem::NotAMoment => "Andika siku na saa, kama 2026-12-24T08:00.",
            FieldProblem::EndsTooEarly => "Inaisha kabla ya kuanza. Chagua mwisho wa baadaye.",
            FieldProblem::NotACode => "Herufi na tarakimu tu: 3 hadi 24.",
            FieldProblem::NotTicked => "Tafadhali weka alama hapa ili uendelee.",
            FieldProblem::BelowPrice => "Bei ya zamani lazima iwe juu ya bei ya sasa.",
            FieldProblem::TwiceHere => "Mstari mwingine hapa unayo pia. Kila mmoja uwe na yake.",
            FieldProblem::SkuTaken => "Bidhaa nyingine ina SKU hii. Chagua nyingine.",
            FieldProblem::InsideItself => "Kundi haliwezi kuwa ndani yake lenyewe wala ndani ya kundi lake dogo.",
            FieldProblem::TooDeep => "Makundi yanaweza kwenda ngazi tano tu.",
            FieldProblem::TooMany => "Hizi ni nyingi mno.",
            _ => return None,
        })
    },
};
