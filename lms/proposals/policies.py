"""Who proposes, who sees a proposal, and who answers it."""
from lms.people.policies import answers_for_people, is_officer, is_trainer, reads_all


def may_propose(person, kind, thing):
    """Whoever has to do with the thing proposes what they may not do themselves."""
    return not kind.may_do(person, thing) and kind.may_propose(person, thing)


def may_list_proposals(person):
    """The list is for those who may have proposed something, and for those who read everything."""
    return reads_all(person) or answers_for_people(person) or is_trainer(person)


def may_see_proposal(person, proposal):
    """Whoever proposed it, and those who read everything."""
    return person.id == proposal.asked_by_id or reads_all(person)


def may_decline(person, proposal):
    """Officers answer; nobody what they proposed themselves, nor about themselves."""
    return is_officer(person) and person.id not in (proposal.asked_by_id, proposal.person_id)


def may_take_back(person, proposal):
    """Whoever proposed it."""
    return person.id == proposal.asked_by_id
