"""The gateway's wire to the services: the kit's switchboard, under the name the gateway knows."""

from services.kit.switchboard import Reply, Switchboard, remote_line, straight_line

__all__ = ["Reply", "Switchboard", "remote_line", "straight_line"]
