//! How the words of the laboratories are read, as data: a table says what a text, a status and a code mean.
//!
//! Laboratories write free text. A text means something only where the table has it, whole; whatever is in no table is
//! unknown, and unknown is never negative. No traveller stands in a table. They are kept for ever.

use crate::StreamId;
use crate::result::{ResultClass, SampleState};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The stream of result tables.
pub const RESULT_TABLES: StreamId = StreamId::permanent(6);

/// A result table was adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResultTableAdopted {
    /// What it says.
    pub table: ResultTable,
    /// Who adopted it.
    pub adopted_by: String,
}

/// One table, whole: nothing is inherited from the one before.
///
/// Case, spaces, punctuation, accents and the rings and strokes of Norwegian letters do not matter in a phrase; a
/// question mark, a plus and other signs do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResultTable {
    /// Its stable name. Newer tables have names that come later in the alphabet, such as the day of their first use.
    pub name: String,
    /// First Norwegian day on which results are read by it.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub valid_from: Date,
    /// One line about what is new.
    pub title: String,
    /// What a result's text means, where it is exactly one of the phrases.
    pub texts: Vec<TextMeaning>,
    /// Texts that send the reader to the comment, which counts where it is exactly one of the phrases above.
    pub see_comment: Vec<String>,
    /// Phrases that make an answer unknown wherever they stand in a comment.
    pub doubts: Vec<String>,
    /// Phrases of comments that contradict no answer although they have a word of the other one.
    pub harmless: Vec<String>,
    /// What a status of a message or a finding means. One in no list counts as preliminary.
    pub statuses: Vec<StatusMeaning>,
    /// What a code stands for, national or of one laboratory.
    pub codes: Vec<CodeMeaning>,
    /// What the words of a description tell where the code is in no list.
    pub descriptions: DescriptionWords,
    /// Materials from which the virus is not looked for.
    pub other_materials: Vec<String>,
}

/// What some texts mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TextMeaning {
    /// What they say.
    pub class: ResultClass,
    /// How far they say the answer has come, whatever its status: `foreløpig negativt`, `ikke utført`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<SampleState>,
    /// The texts.
    pub phrases: Vec<String>,
}

/// What some statuses mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StatusMeaning {
    /// How far the answer has come.
    pub state: SampleState,
    /// The statuses.
    pub phrases: Vec<String>,
}

/// What some codes stand for. Letters and digits only matter, whatever stands between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeMeaning {
    /// The analysis.
    pub analysis: Analysis,
    /// Its codes.
    pub codes: Vec<String>,
}

/// What was analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Analysis {
    /// SARS-CoV-2 by PCR.
    Pcr,
    /// SARS-CoV-2 by an antigen rapid test.
    Antigen,
    /// SARS-CoV-2, by what is not told.
    Virus,
    /// Something else: no result of ours.
    Other,
}

/// Words of descriptions, found anywhere in them as whole words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DescriptionWords {
    /// They name SARS-CoV-2.
    pub virus: Vec<String>,
    /// They name PCR.
    pub pcr: Vec<String>,
    /// They name a rapid test.
    pub antigen: Vec<String>,
    /// They name another agent. Beside SARS-CoV-2 it is an answer about several, and unknown.
    pub other_agents: Vec<String>,
    /// They name another analysis, such as one of antibodies or variants, whatever else stands there.
    pub other_analyses: Vec<String>,
}
