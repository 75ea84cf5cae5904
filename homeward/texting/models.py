"""Gateways, permissions to write, the outbox, what came back, and short surveys under way."""

from django.db import models
from django.db.models import Q

from homeward.lib.fields import Choice, Id
from homeward.lib.privacy_classes import classes
from homeward.texting.rules import Because, GatewayKind, Meaning, MessageState, NoWay, Saying, YesWay

OPEN = Q(state__in=[MessageState.WAITING.value, MessageState.SENDING.value])


class Channel(models.Model):
    """A gateway that carries an organisation's messages; it reports back beneath a secret of its own."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    kind = Choice(GatewayKind)
    address = models.URLField(max_length=300)
    token = models.BinaryField()
    number = models.CharField(max_length=40)
    prefix = models.CharField(max_length=8, blank=True)  # of the numbers it is for; none: all
    time_zone = models.CharField(max_length=60)
    door_digest = models.CharField(max_length=64)
    secret = models.BinaryField()
    added_at = models.DateTimeField()
    added_by_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)
    last_sent_at = models.DateTimeField(null=True)
    last_heard_at = models.DateTimeField(null=True)
    trouble = Choice(Because, blank=True)

    PRIVACY = classes(
        internal="id organisation name kind address number prefix time_zone door_digest added_at added_by_id "
        "ended_at ended_by_id last_sent_at last_heard_at trouble",
        sealed="token secret",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", "name", condition=Q(ended_at=None), name="one_live_channel_of_a_name"
            )
        ]


class Permission(models.Model):
    """That a person lets the organisation write to one of their numbers. It ends; it is never changed."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    number_index = models.BinaryField()
    language = models.CharField(max_length=8)
    given_at = models.DateTimeField()
    way = Choice(YesWay)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_how = Choice(NoWay, blank=True)

    PRIVACY = classes(
        internal="id organisation case contact number_index given_at recorded_by_id ended_at",
        personal="language way recorded_by_name ended_how",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "case", "contact", "organisation", condition=Q(ended_at=None), name="one_live_permission"
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "number_index"],
                condition=Q(ended_at=None),
                name="permissions_of_a_number",
            )
        ]


class Message(models.Model):
    """One message of the outbox. It is queued with what it tells of; receivers know it by its id."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="+", db_index=False)
    permission = models.ForeignKey(Permission, models.CASCADE, null=True, related_name="+")
    told = Choice(Saying)
    text = models.CharField(max_length=600)
    # Only for who has no case here, and only until it went out.
    to_number = models.BinaryField(null=True)
    number_index = models.BinaryField()
    once = models.CharField(max_length=120)  # what may be told once only
    about_id = models.UUIDField(null=True)
    about_at = models.DateTimeField(null=True)
    state = Choice(MessageState, default=MessageState.WAITING)
    because = Choice(Because, blank=True)
    queued_at = models.DateTimeField()
    queued_by_id = models.UUIDField()
    queued_by_name = models.CharField(max_length=200)
    send_from = models.DateTimeField()
    send_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    provider_id = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    PRIVACY = classes(
        internal="id organisation channel case permission number_index once about_id queued_at queued_by_id "
        "send_from send_until tries provider_id",
        personal="told text about_at state because queued_by_name sent_at delivered_at",
        sealed="to_number",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "once", name="one_message_of_an_event"),
            models.CheckConstraint(
                condition=Q(case=None, permission=None) | Q(to_number=None), name="no_number_beside_a_case"
            ),
        ]
        indexes = [
            # What the worker sends next.
            models.Index(fields=["organisation", "send_from"], condition=OPEN, name="messages_to_send"),
            models.Index(fields=["case", "-queued_at"], name="messages_of_case"),
            # Whom an answer is from; which message a report is about.
            models.Index(fields=["organisation", "number_index", "-queued_at"], name="messages_to_a_number"),
            models.Index(
                fields=["channel", "provider_id"], condition=~Q(provider_id=""), name="messages_by_provider"
            ),
        ]


class Reply(models.Model):
    """What somebody wrote back, once. Of strangers only that they wrote is kept, and for a while."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="+", db_index=False)
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="+")
    provider_id = models.CharField(max_length=120)
    meaning = Choice(Meaning)
    text = models.BinaryField(null=True)
    received_at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True)
    noted_by_id = models.UUIDField(null=True)

    PRIVACY = classes(
        internal="id organisation channel case message provider_id received_at noted_at noted_by_id",
        personal="meaning",
        sealed="text",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("channel", "provider_id", name="one_reply_of_a_number_of_the_gateway")
        ]
        indexes = [models.Index(fields=["case", "-received_at"], name="replies_of_case")]


class Talk(models.Model):
    """A few closed questions that are being asked by message. What was answered leaves with handing in."""

    id = Id()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    visit = models.ForeignKey("followup.Visit", models.CASCADE, related_name="+")
    permission = models.ForeignKey(Permission, models.CASCADE, related_name="+")
    form = models.ForeignKey("surveys.InstrumentVersion", models.PROTECT, related_name="+", db_index=False)
    number_index = models.BinaryField()
    position = models.PositiveSmallIntegerField(default=0)  # 0: not yet agreed to
    misunderstood = models.PositiveSmallIntegerField(default=0)
    content = models.BinaryField(default=bytes)
    begun_at = models.DateTimeField()
    waits_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    submission_id = models.UUIDField(null=True)

    PRIVACY = classes(
        internal="id organisation case visit permission form number_index position misunderstood begun_at "
        "waits_until ended_at submission_id",
        sealed="content",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", "number_index", condition=Q(ended_at=None), name="one_talk_with_a_number"
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(content=b""), name="ended_talk_is_empty"),
        ]
