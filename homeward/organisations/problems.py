"""What can go wrong among organisations and members that the caller can put right."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Invalid, Problem


class RoleNotGiven(Invalid):
    code = "role_not_given"
    message = _("An organisation of this kind has no members in that role.")


class IncompatibleRoles(Problem):
    status = 409
    code = "incompatible_roles"
    message = _(
        "The same person cannot be administrator and data protection officer of one organisation: "
        "nobody oversees their own acts. Choose another person, or end the other role first."
    )


class AlreadyMember(Problem):
    status = 409
    code = "already_member"
    message = _("This person already has that role in your organisation.")


class AlreadyInvited(Problem):
    status = 409
    code = "already_invited"
    message = _("An invitation to that role is already open for this address. Renew or withdraw it.")


class OwnMembership(Problem):
    status = 409
    code = "own_membership"
    message = _("Nobody changes their own role. Another administrator of your organisation can do it.")


class LastAdministrator(Problem):
    status = 409
    code = "last_administrator"
    message = _("Your organisation would be left without an administrator. Invite another one first.")


class NameTaken(Problem):
    status = 409
    code = "name_taken"
    message = _("There is one of that name already.")


class MayNotIntroduce(Problem):
    status = 409
    code = "may_not_introduce"
    message = _("Your organisation cannot bring in an organisation of that kind.")


class InvitationOver(Problem):
    """Used, withdrawn, out of date or never made: whoever holds the link learns no more than that."""

    status = 404
    code = "invitation_over"
    message = _("This invitation is not open. Ask the person who invited you for a new one.")


class ForAnotherAddress(Problem):
    status = 409
    code = "invitation_for_another_address"
    message = _("You are signed in as somebody else. Sign out, then open the invitation again.")


class HasAccount(Problem):
    status = 409
    code = "has_account"
    message = _(
        "There is an account with this address already. Sign in first, then open the invitation again."
    )


class OwnReset(Problem):
    status = 409
    code = "own_reset"
    message = _("Somebody else has to confirm who you are.")


class NobodyToConfirm(Problem):
    status = 409
    code = "nobody_to_confirm"
    message = _(
        "Your organisation has no other administrator who could confirm who you are. "
        "Ask those who run this installation."
    )
