//! What a rule's refusal is answered with, whichever endpoint it came through.

use super::problem::Refused;
use crate::intake::entries::ChangeError;
use crate::rules::calls::Refusal as Call;
use crate::rules::entry::Refusal;
use crate::rules::hotel::Refusal as Hotel;
use crate::rules::identities::Refusal as Identity;
use crate::rules::referral::Refusal as Referral;
use crate::rules::results::Refusal as OfResult;
use api::problem::ProblemCode;

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Refused {
        match refusal {
            Refusal::NotRegistered => ProblemCode::NotFound.into(),
            Refusal::Ending => ProblemCode::EntryEnded.into(),
            Refusal::UnknownMunicipality => Refused::field("/municipality", "no such municipality today"),
            Refusal::ReasonMissing => Refused::reason(),
            Refusal::SecondPersonNeeded => ProblemCode::SecondPersonNeeded.into(),
            Refusal::Call(refusal) => of_call(refusal),
            Refusal::Identity(refusal) => of_identity(refusal),
            Refusal::Result(refusal) => of_result(refusal),
            Refusal::Referral(refusal) => of_referral(refusal),
            // Who is not a guest of the hotel is none of its business.
            Refusal::Hotel(Hotel::NotAGuest) => ProblemCode::NotFound.into(),
            Refusal::Hotel(Hotel::EndsBeforeItBegins) => {
                Refused::field("/expected_until", "a day from today")
            }
            Refusal::NotResponsible
            | Refusal::EndNotRequested
            | Refusal::EndRequestedAlready
            | Refusal::ReferenceCodeMissing
            | Refusal::MergedWithAnotherState => ProblemCode::Refused.into(),
        }
    }
}

fn of_call(refusal: Call) -> Refused {
    match refusal {
        Call::AttemptUnknown => ProblemCode::NotFound.into(),
        Call::NotTheirNumber | Call::WrongNumber => Refused::field("/phone", &refusal.to_string()),
        Call::AssessmentMismatch => Refused::field("/outcome/assessment", &refusal.to_string()),
        Call::GroundsMismatch => Refused::field("/outcome/breach_grounds", &refusal.to_string()),
        Call::NoteMissing => Refused::field("/outcome/note", &refusal.to_string()),
        Call::CallBackTime => Refused::field("/outcome/call_back_at", &refusal.to_string()),
        Call::ReasonMissing => Refused::field("/reason", "1 to 2000 characters"),
        Call::TooLong => Refused::field("/outcome", &refusal.to_string()),
        Call::TooLate => ProblemCode::TooLate.into(),
        Call::AttemptKnown
        | Call::ConcludedAlready
        | Call::NotConcluded
        | Call::SomebodyElse
        | Call::SomebodyElseNeeded => ProblemCode::Refused.into(),
    }
}

fn of_identity(refusal: Identity) -> Refused {
    match refusal {
        Identity::FailedCheck | Identity::NotTheirs => Refused::field("/number", &refusal.to_string()),
        Identity::ReasonMissing => Refused::reason(),
        Identity::WithItself => Refused::field("/other", &refusal.to_string()),
        Identity::SeparatedByHand | Identity::NotJoined => ProblemCode::Refused.into(),
    }
}

fn of_result(refusal: OfResult) -> Refused {
    match refusal {
        OfResult::CorrectionUnknown => ProblemCode::NotFound.into(),
        OfResult::NoteMissing => Refused::field("/note", "1 to 500 characters"),
        OfResult::SettledAlready => ProblemCode::Refused.into(),
    }
}

fn of_referral(refusal: Referral) -> Refused {
    let at = |pointer| Refused::field(pointer, &refusal.to_string());
    match refusal {
        Referral::Unknown => ProblemCode::NotFound.into(),
        Referral::Known => ProblemCode::KeyReused.into(),
        Referral::NoCause => at("/content/conversation"),
        Referral::NotSaid | Referral::NothingTold => at("/content/facts"),
        Referral::EmployerMissing => at("/content/employer/name"),
        Referral::OrganisationNumber => at("/content/employer/org_number"),
        Referral::PlaceMissing => at("/content/accommodation"),
        Referral::WantedMissing => at("/wanted"),
        Referral::TooMany => at("/note"),
        Referral::Protected | Referral::Closed | Referral::NotReturned | Referral::NotDead => {
            ProblemCode::Refused.into()
        }
    }
}

impl From<ChangeError> for Refused {
    fn from(error: ChangeError) -> Refused {
        match error {
            ChangeError::NotFound => ProblemCode::NotFound.into(),
            ChangeError::Refused(refusal) => refusal.into(),
            ChangeError::Read(error) => error.into(),
            ChangeError::Append(error) => error.into(),
        }
    }
}
