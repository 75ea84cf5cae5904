"""Channels, permissions, writing to people, sending what is queued, and taking in what comes back."""

from homeward.texting.commands.channels import (
    ChannelDetails,
    NewChannel,
    add_channel,
    end_channel,
    try_channel,
)
from homeward.texting.commands.delivering import claim_messages, forget_strangers, settle_message
from homeward.texting.commands.hearing import note_replies, take_reply, take_report
from homeward.texting.commands.permitting import end_messages, permit_messages
from homeward.texting.commands.sending import ask_by_message, ask_to_call, remind_people

__all__ = [
    "ChannelDetails",
    "NewChannel",
    "add_channel",
    "ask_by_message",
    "ask_to_call",
    "claim_messages",
    "end_channel",
    "end_messages",
    "forget_strangers",
    "note_replies",
    "permit_messages",
    "remind_people",
    "settle_message",
    "take_reply",
    "take_report",
    "try_channel",
]
