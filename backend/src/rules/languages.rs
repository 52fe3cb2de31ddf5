//! Languages as people write them, to ISO 639: names in Norwegian, English and their own, codes, locales.

/// Two-letter codes of ISO 639-1, in one string.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu \
    cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia \
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg \
    mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa \
    sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve \
    vi vo wa wo xh yi yo za zh zu";

/// A code and its names, in lower case.
const NAMES: &[(&str, &[&str])] = &[
    ("nb", &["no", "nor", "nob", "norsk", "norwegian", "bokmål", "norsk bokmål", "norsk (bokmål)"]),
    ("nn", &["nno", "nynorsk", "norsk nynorsk", "norsk (nynorsk)"]),
    ("en", &["eng", "engelsk", "english"]),
    ("pl", &["pol", "polsk", "polish", "polski", "po polsku"]),
    ("lt", &["lit", "litauisk", "lithuanian", "lietuvių", "lietuviu"]),
    ("lv", &["lav", "latvisk", "latvian", "latviešu"]),
    ("et", &["est", "estisk", "estonian", "eesti"]),
    ("ro", &["ron", "rum", "rumensk", "romanian", "română", "romana"]),
    ("ru", &["rus", "russisk", "russian", "русский"]),
    ("uk", &["ukr", "ukrainsk", "ukrainian", "українська"]),
    ("bg", &["bul", "bulgarsk", "bulgarian", "български"]),
    ("ar", &["ara", "arabisk", "arabic", "العربية"]),
    ("ur", &["urd", "urdu", "اردو"]),
    ("so", &["som", "somali", "somalisk", "soomaali", "af-soomaali"]),
    ("ti", &["tir", "tigrinja", "tigrinya", "ትግርኛ"]),
    ("am", &["amh", "amharisk", "amharic", "አማርኛ"]),
    ("fa", &["fas", "per", "persisk", "farsi", "persian", "dari", "فارسی"]),
    ("ps", &["pus", "pashto", "پښتو"]),
    ("ku", &["kur", "kurdisk", "kurdish", "kurdî", "sorani", "kurmanji"]),
    ("tr", &["tur", "tyrkisk", "turkish", "türkçe"]),
    ("sv", &["swe", "svensk", "swedish", "svenska"]),
    ("da", &["dan", "dansk", "danish"]),
    ("fi", &["fin", "finsk", "finnish", "suomi"]),
    ("is", &["isl", "ice", "islandsk", "icelandic", "íslenska"]),
    ("de", &["deu", "ger", "tysk", "german", "deutsch"]),
    ("fr", &["fra", "fre", "fransk", "french", "français"]),
    ("es", &["spa", "spansk", "spanish", "español"]),
    ("pt", &["por", "portugisisk", "portuguese", "português"]),
    ("it", &["ita", "italiensk", "italian", "italiano"]),
    ("nl", &["nld", "dut", "nederlandsk", "dutch", "nederlands"]),
    ("cs", &["ces", "cze", "tsjekkisk", "czech", "čeština"]),
    ("sk", &["slk", "slo", "slovakisk", "slovak", "slovenčina"]),
    ("sl", &["slv", "slovensk", "slovenian", "slovenščina"]),
    ("hu", &["hun", "ungarsk", "hungarian", "magyar"]),
    ("hr", &["hrv", "kroatisk", "croatian", "hrvatski"]),
    ("sr", &["srp", "serbisk", "serbian", "српски", "srpski"]),
    ("bs", &["bos", "bosnisk", "bosnian", "bosanski"]),
    ("sq", &["sqi", "alb", "albansk", "albanian", "shqip"]),
    ("mk", &["mkd", "makedonsk", "macedonian", "македонски"]),
    ("el", &["ell", "gre", "gresk", "greek", "ελληνικά"]),
    ("th", &["tha", "thai", "thailandsk", "ไทย"]),
    ("vi", &["vie", "vietnamesisk", "vietnamese", "tiếng việt"]),
    ("tl", &["tgl", "tagalog", "filipino", "filippinsk"]),
    ("zh", &["zho", "chi", "kinesisk", "chinese", "中文", "mandarin"]),
    ("hi", &["hin", "hindi", "हिन्दी"]),
    ("pa", &["pan", "panjabi", "punjabi", "ਪੰਜਾਬੀ"]),
    ("ta", &["tam", "tamil", "தமிழ்"]),
    ("sw", &["swa", "swahili", "kiswahili"]),
    ("se", &["sme", "samisk", "nordsamisk", "northern sami", "davvisámegiella"]),
];

/// The ISO code of a language, or `Err` with the text in lower case.
pub fn code(text: &str) -> Result<String, String> {
    let lower = text.trim().to_lowercase();
    let known = |name: &str| NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(code, _)| *code);
    if let Some(code) = known(&lower) {
        return Ok(code.to_owned());
    }
    // A locale: nb-NO, pl_PL.
    let bare = lower.split(['-', '_']).next().unwrap_or_default();
    match known(bare) {
        Some(code) if bare.len() <= 3 => Ok(code.to_owned()),
        _ if bare.len() == 2 && TWO_LETTERS.split_whitespace().any(|code| code == bare) => {
            Ok(bare.to_owned())
        }
        _ => Err(lower),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_codes_and_locales_give_one_code() {
        let cases = [
            ("norsk", "nb"),
            ("no", "nb"),
            ("nb-NO", "nb"),
            ("Nynorsk", "nn"),
            ("Polski", "pl"),
            ("polish", "pl"),
            ("pl", "pl"),
            ("PL", "pl"),
            ("pl_PL", "pl"),
            ("engelsk", "en"),
            ("en-GB", "en"),
            ("Русский", "ru"),
            ("soomaali", "so"),
            ("pol", "pl"),
            ("TIẾNG VIỆT", "vi"),
            ("ka", "ka"),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn an_unknown_language_is_kept_in_lower_case() {
        assert_eq!(code(" Klingonsk "), Err("klingonsk".to_owned()));
        assert_eq!(code("xx"), Err("xx".to_owned()));
    }
}
