// What the dispenser and its node say, and the bytes of a voucher: written by scripts/dispenser-header.ts, never by hand.
#ifndef LAPAK_WIRE_H
#define LAPAK_WIRE_H

#include <stdint.h>
#include <string.h>

#include "bytes.h"

#define LAPAK_MESSAGE_VERSION 1
#define LAPAK_MESSAGE_HEAD 2
#define LAPAK_VOUCHER_VERSION 1
#define LAPAK_VOUCHER_PREFIX "SD1:"
#define LAPAK_VOUCHER_MAC_SIZE 16
#define LAPAK_SEAL_MAC_SIZE 8
#define LAPAK_WINDOW_SPAN 1024
#define LAPAK_PENDING_LIMIT 8
#define LAPAK_UPDATE_PIECE_SIZE 192
#define LAPAK_PAYLOAD_MAX 242
#define LAPAK_FRAME_CRC_SIZE 4
#define LAPAK_LINK_RESEND_MS 200
#define LAPAK_LINK_RESENDS 3
#define LAPAK_LINK_CALL_MS 500
#define LAPAK_LINK_IDLE_MS 15000
#define LAPAK_LABEL_TOKEN_KEY "tok"
#define LAPAK_LABEL_COMMAND_KEY "cmd"
#define LAPAK_LABEL_BROKER_PASSWORD "mqt"
#define LAPAK_LABEL_VOUCHER "SDT1"
#define LAPAK_LABEL_COMMAND "SDC1"

enum lapak_message {
    LAPAK_MESSAGE_HELLO = 1,
    LAPAK_MESSAGE_SCAN = 2,
    LAPAK_MESSAGE_VEND_STARTED = 3,
    LAPAK_MESSAGE_OUTCOME = 4,
    LAPAK_MESSAGE_STATE = 5,
    LAPAK_MESSAGE_FAULT = 6,
    LAPAK_MESSAGE_VOID_ACK = 7,
    LAPAK_MESSAGE_UPDATE_STATUS = 8,
    LAPAK_MESSAGE_CONFIG_REPORT = 9,
    LAPAK_MESSAGE_MOTOR_TESTED = 10,
    LAPAK_MESSAGE_HELLO_ACK = 129,
    LAPAK_MESSAGE_GET_STATE = 130,
    LAPAK_MESSAGE_TIME = 131,
    LAPAK_MESSAGE_FLOOR = 132,
    LAPAK_MESSAGE_AUTH_OK = 133,
    LAPAK_MESSAGE_AUTH_NO = 134,
    LAPAK_MESSAGE_CANCEL = 135,
    LAPAK_MESSAGE_VOID = 136,
    LAPAK_MESSAGE_OUTCOME_ACK = 137,
    LAPAK_MESSAGE_UPDATE_BEGIN = 138,
    LAPAK_MESSAGE_UPDATE_DATA = 139,
    LAPAK_MESSAGE_UPDATE_END = 140,
    LAPAK_MESSAGE_RESTART = 141,
    LAPAK_MESSAGE_CONFIG = 142,
    LAPAK_MESSAGE_TEST_MOTOR = 143,
};

enum lapak_refusal {
    LAPAK_REFUSAL_NONE = 0,
    LAPAK_REFUSAL_MALFORMED = 1,
    LAPAK_REFUSAL_FORGED = 2,
    LAPAK_REFUSAL_OTHER_DISPENSER = 3,
    LAPAK_REFUSAL_UNKNOWN_EPOCH = 4,
    LAPAK_REFUSAL_EXPIRED = 5,
    LAPAK_REFUSAL_USED = 6,
    LAPAK_REFUSAL_CLOCK_UNKNOWN = 7,
    LAPAK_REFUSAL_SLOT_JAMMED = 8,
    LAPAK_REFUSAL_SLOT_EMPTY = 9,
    LAPAK_REFUSAL_REFUSED_BY_NODE = 10,
    LAPAK_REFUSAL_BUSY = 11,
    LAPAK_REFUSAL_NO_ANSWER = 12,
    LAPAK_REFUSAL_OUT_OF_SERVICE = 13,
    LAPAK_REFUSAL_QUEUE_FULL = 14,
    LAPAK_REFUSAL_UNKNOWN_SLOT = 15,
    LAPAK_REFUSAL_OTHER = 255,
};

enum lapak_result {
    LAPAK_RESULT_OK = 1,
    LAPAK_RESULT_FAIL = 2,
    LAPAK_RESULT_UNCERTAIN = 3,
};

enum lapak_reason {
    LAPAK_REASON_DROP_SEEN = 1,
    LAPAK_REASON_DOUBLE_DROP = 2,
    LAPAK_REASON_DROP_THEN_JAM = 3,
    LAPAK_REASON_NO_DROP = 16,
    LAPAK_REASON_JAM = 17,
    LAPAK_REASON_BEAM_BLOCKED = 18,
    LAPAK_REASON_CANCELLED = 19,
    LAPAK_REASON_CUT_BEFORE_RUN = 20,
    LAPAK_REASON_CUT_DURING_RUN = 32,
    LAPAK_REASON_OTHER = 255,
};

enum lapak_void {
    LAPAK_VOID_VOIDED = 1,
    LAPAK_VOID_SPENT = 2,
    LAPAK_VOID_VENDED = 3,
    LAPAK_VOID_VENDING = 4,
};

enum lapak_fault {
    LAPAK_FAULT_JOURNAL = 1,
    LAPAK_FAULT_BEAM_BLOCKED = 2,
    LAPAK_FAULT_JAM = 3,
    LAPAK_FAULT_NO_DROP = 4,
    LAPAK_FAULT_DOUBLE_DROP = 5,
    LAPAK_FAULT_LATE_DROP = 6,
    LAPAK_FAULT_TIME_REFUSED = 7,
    LAPAK_FAULT_OTHER = 255,
};

enum lapak_phase {
    LAPAK_PHASE_IDLE = 1,
    LAPAK_PHASE_BUSY = 2,
    LAPAK_PHASE_OUT_OF_SERVICE = 3,
    LAPAK_PHASE_OTHER = 255,
};

enum lapak_update_step {
    LAPAK_UPDATE_STEP_RECEIVING = 1,
    LAPAK_UPDATE_STEP_BUSY = 2,
    LAPAK_UPDATE_STEP_READY = 3,
    LAPAK_UPDATE_STEP_BAD_SIZE = 4,
    LAPAK_UPDATE_STEP_BAD_DIGEST = 5,
    LAPAK_UPDATE_STEP_BAD_SIGNATURE = 6,
    LAPAK_UPDATE_STEP_FLASH_ERROR = 7,
    LAPAK_UPDATE_STEP_ON_TRIAL = 8,
    LAPAK_UPDATE_STEP_CONFIRMED = 9,
    LAPAK_UPDATE_STEP_OTHER = 255,
};

enum lapak_test {
    LAPAK_TEST_TURNED = 1,
    LAPAK_TEST_JAMMED = 2,
    LAPAK_TEST_BUSY = 3,
    LAPAK_TEST_UNKNOWN_SLOT = 4,
    LAPAK_TEST_OTHER = 255,
};

enum lapak_authority {
    LAPAK_AUTHORITY_NODE = 1,
    LAPAK_AUTHORITY_ALONE = 2,
};

enum lapak_flag {
    LAPAK_FLAG_ASK_NODE = 1,
};

enum lapak_capability {
    LAPAK_CAPABILITY_VENDS_ALONE = 1,
    LAPAK_CAPABILITY_TAKES_UPDATES = 2,
};

enum lapak_frame_flag {
    LAPAK_FRAME_FLAG_MESSAGE = 1,
    LAPAK_FRAME_FLAG_ACK = 2,
    LAPAK_FRAME_FLAG_RESET = 4,
};

#define LAPAK_VOUCHER_SIZE 32

struct lapak_voucher {
    uint8_t version_epoch;
    uint32_t dispenser;
    uint32_t serial;
    uint32_t expiry;
    uint8_t slot;
    uint8_t quantity;
    uint8_t flags;
    uint8_t mac[16];
};

static inline void lapak_get_voucher(const uint8_t *bytes, struct lapak_voucher *value)
{
    value->version_epoch = lapak_get_u8(bytes + 0);
    value->dispenser = lapak_get_u32(bytes + 1);
    value->serial = lapak_get_u32(bytes + 5);
    value->expiry = lapak_get_u32(bytes + 9);
    value->slot = lapak_get_u8(bytes + 13);
    value->quantity = lapak_get_u8(bytes + 14);
    value->flags = lapak_get_u8(bytes + 15);
    memcpy(value->mac, bytes + 16, 16);
}

#define LAPAK_IDENTITY_SIZE 52

struct lapak_identity {
    uint32_t dispenser;
    uint32_t firmware;
    uint32_t key_epoch;
    uint8_t boot_id[8];
    uint8_t root_key[32];
};

static inline void lapak_get_identity(const uint8_t *bytes, struct lapak_identity *value)
{
    value->dispenser = lapak_get_u32(bytes + 0);
    value->firmware = lapak_get_u32(bytes + 4);
    value->key_epoch = lapak_get_u32(bytes + 8);
    memcpy(value->boot_id, bytes + 12, 8);
    memcpy(value->root_key, bytes + 20, 32);
}

#define LAPAK_SETTINGS_SIZE 12

struct lapak_settings {
    uint8_t slots;
    uint8_t vends_alone;
    uint16_t ask_wait_ms;
    uint16_t arm_ms;
    uint16_t motor_max_ms;
    uint16_t drop_wait_ms;
    uint16_t late_drop_ms;
};

static inline void lapak_get_settings(const uint8_t *bytes, struct lapak_settings *value)
{
    value->slots = lapak_get_u8(bytes + 0);
    value->vends_alone = lapak_get_u8(bytes + 1);
    value->ask_wait_ms = lapak_get_u16(bytes + 2);
    value->arm_ms = lapak_get_u16(bytes + 4);
    value->motor_max_ms = lapak_get_u16(bytes + 6);
    value->drop_wait_ms = lapak_get_u16(bytes + 8);
    value->late_drop_ms = lapak_get_u16(bytes + 10);
}

static inline void lapak_put_settings(uint8_t *bytes, const struct lapak_settings *value)
{
    lapak_put_u8(bytes + 0, value->slots);
    lapak_put_u8(bytes + 1, value->vends_alone);
    lapak_put_u16(bytes + 2, value->ask_wait_ms);
    lapak_put_u16(bytes + 4, value->arm_ms);
    lapak_put_u16(bytes + 6, value->motor_max_ms);
    lapak_put_u16(bytes + 8, value->drop_wait_ms);
    lapak_put_u16(bytes + 10, value->late_drop_ms);
}

#define LAPAK_FRAME_HEAD_SIZE 8

struct lapak_frame_head {
    uint8_t version_flags;
    uint8_t type;
    uint16_t epoch;
    uint16_t seq;
    uint16_t ack;
};

static inline void lapak_put_frame_head(uint8_t *bytes, const struct lapak_frame_head *value)
{
    lapak_put_u8(bytes + 0, value->version_flags);
    lapak_put_u8(bytes + 1, value->type);
    lapak_put_u16(bytes + 2, value->epoch);
    lapak_put_u16(bytes + 4, value->seq);
    lapak_put_u16(bytes + 6, value->ack);
}

static inline void lapak_get_frame_head(const uint8_t *bytes, struct lapak_frame_head *value)
{
    value->version_flags = lapak_get_u8(bytes + 0);
    value->type = lapak_get_u8(bytes + 1);
    value->epoch = lapak_get_u16(bytes + 2);
    value->seq = lapak_get_u16(bytes + 4);
    value->ack = lapak_get_u16(bytes + 6);
}

#define LAPAK_HELLO_MESSAGE_SIZE 44

struct lapak_hello_message {
    uint32_t dispenser;
    uint32_t firmware;
    uint16_t capabilities;
    uint8_t slots;
    uint8_t pending;
    uint8_t boot_id[8];
    uint32_t counter;
    uint32_t journal_generation;
    uint32_t journal_seq;
    uint32_t key_epoch;
    uint32_t serial_floor;
    uint32_t time_floor;
};

static inline void lapak_put_hello_message(uint8_t *bytes, const struct lapak_hello_message *value)
{
    lapak_put_u32(bytes + 0, value->dispenser);
    lapak_put_u32(bytes + 4, value->firmware);
    lapak_put_u16(bytes + 8, value->capabilities);
    lapak_put_u8(bytes + 10, value->slots);
    lapak_put_u8(bytes + 11, value->pending);
    memcpy(bytes + 12, value->boot_id, 8);
    lapak_put_u32(bytes + 20, value->counter);
    lapak_put_u32(bytes + 24, value->journal_generation);
    lapak_put_u32(bytes + 28, value->journal_seq);
    lapak_put_u32(bytes + 32, value->key_epoch);
    lapak_put_u32(bytes + 36, value->serial_floor);
    lapak_put_u32(bytes + 40, value->time_floor);
}

#define LAPAK_SCAN_MESSAGE_SIZE 14

struct lapak_scan_message {
    uint16_t scan;
    uint8_t refusal;
    uint8_t slot;
    uint8_t flags;
    uint8_t key_epoch;
    uint32_t serial;
    uint32_t expiry;
};

static inline void lapak_put_scan_message(uint8_t *bytes, const struct lapak_scan_message *value)
{
    lapak_put_u16(bytes + 0, value->scan);
    lapak_put_u8(bytes + 2, value->refusal);
    lapak_put_u8(bytes + 3, value->slot);
    lapak_put_u8(bytes + 4, value->flags);
    lapak_put_u8(bytes + 5, value->key_epoch);
    lapak_put_u32(bytes + 6, value->serial);
    lapak_put_u32(bytes + 10, value->expiry);
}

#define LAPAK_VEND_STARTED_MESSAGE_SIZE 7

struct lapak_vend_started_message {
    uint32_t serial;
    uint8_t unit;
    uint8_t slot;
    uint8_t authority;
};

static inline void lapak_put_vend_started_message(uint8_t *bytes, const struct lapak_vend_started_message *value)
{
    lapak_put_u32(bytes + 0, value->serial);
    lapak_put_u8(bytes + 4, value->unit);
    lapak_put_u8(bytes + 5, value->slot);
    lapak_put_u8(bytes + 6, value->authority);
}

#define LAPAK_OUTCOME_MESSAGE_SIZE 20

struct lapak_outcome_message {
    uint32_t serial;
    uint8_t unit;
    uint8_t slot;
    uint8_t result;
    uint8_t reason;
    uint8_t attempts;
    uint8_t drops;
    uint16_t motor_ms;
    uint32_t at;
    uint32_t journal_seq;
};

static inline void lapak_put_outcome_message(uint8_t *bytes, const struct lapak_outcome_message *value)
{
    lapak_put_u32(bytes + 0, value->serial);
    lapak_put_u8(bytes + 4, value->unit);
    lapak_put_u8(bytes + 5, value->slot);
    lapak_put_u8(bytes + 6, value->result);
    lapak_put_u8(bytes + 7, value->reason);
    lapak_put_u8(bytes + 8, value->attempts);
    lapak_put_u8(bytes + 9, value->drops);
    lapak_put_u16(bytes + 10, value->motor_ms);
    lapak_put_u32(bytes + 12, value->at);
    lapak_put_u32(bytes + 16, value->journal_seq);
}

#define LAPAK_STATE_MESSAGE_SIZE 11

struct lapak_state_message {
    uint8_t phase;
    uint8_t clock_valid;
    uint8_t pending;
    uint16_t jammed;
    uint16_t empty;
    uint32_t serial;
};

static inline void lapak_put_state_message(uint8_t *bytes, const struct lapak_state_message *value)
{
    lapak_put_u8(bytes + 0, value->phase);
    lapak_put_u8(bytes + 1, value->clock_valid);
    lapak_put_u8(bytes + 2, value->pending);
    lapak_put_u16(bytes + 3, value->jammed);
    lapak_put_u16(bytes + 5, value->empty);
    lapak_put_u32(bytes + 7, value->serial);
}

#define LAPAK_FAULT_MESSAGE_SIZE 6

struct lapak_fault_message {
    uint8_t fault;
    uint8_t slot;
    uint32_t serial;
};

static inline void lapak_put_fault_message(uint8_t *bytes, const struct lapak_fault_message *value)
{
    lapak_put_u8(bytes + 0, value->fault);
    lapak_put_u8(bytes + 1, value->slot);
    lapak_put_u32(bytes + 2, value->serial);
}

#define LAPAK_VOID_ACK_MESSAGE_SIZE 5

struct lapak_void_ack_message {
    uint32_t serial;
    uint8_t result;
};

static inline void lapak_put_void_ack_message(uint8_t *bytes, const struct lapak_void_ack_message *value)
{
    lapak_put_u32(bytes + 0, value->serial);
    lapak_put_u8(bytes + 4, value->result);
}

#define LAPAK_UPDATE_STATUS_MESSAGE_SIZE 9

struct lapak_update_status_message {
    uint8_t step;
    uint32_t firmware;
    uint32_t received;
};

static inline void lapak_put_update_status_message(uint8_t *bytes, const struct lapak_update_status_message *value)
{
    lapak_put_u8(bytes + 0, value->step);
    lapak_put_u32(bytes + 1, value->firmware);
    lapak_put_u32(bytes + 5, value->received);
}

#define LAPAK_CONFIG_REPORT_MESSAGE_SIZE 16

struct lapak_config_report_message {
    uint32_t version;
    uint8_t slots;
    uint8_t vends_alone;
    uint16_t ask_wait_ms;
    uint16_t arm_ms;
    uint16_t motor_max_ms;
    uint16_t drop_wait_ms;
    uint16_t late_drop_ms;
};

static inline void lapak_put_config_report_message(uint8_t *bytes, const struct lapak_config_report_message *value)
{
    lapak_put_u32(bytes + 0, value->version);
    lapak_put_u8(bytes + 4, value->slots);
    lapak_put_u8(bytes + 5, value->vends_alone);
    lapak_put_u16(bytes + 6, value->ask_wait_ms);
    lapak_put_u16(bytes + 8, value->arm_ms);
    lapak_put_u16(bytes + 10, value->motor_max_ms);
    lapak_put_u16(bytes + 12, value->drop_wait_ms);
    lapak_put_u16(bytes + 14, value->late_drop_ms);
}

#define LAPAK_MOTOR_TESTED_MESSAGE_SIZE 5

struct lapak_motor_tested_message {
    uint8_t slot;
    uint8_t result;
    uint8_t drops;
    uint16_t motor_ms;
};

static inline void lapak_put_motor_tested_message(uint8_t *bytes, const struct lapak_motor_tested_message *value)
{
    lapak_put_u8(bytes + 0, value->slot);
    lapak_put_u8(bytes + 1, value->result);
    lapak_put_u8(bytes + 2, value->drops);
    lapak_put_u16(bytes + 3, value->motor_ms);
}

#define LAPAK_HELLO_ACK_MESSAGE_SIZE 8

struct lapak_hello_ack_message {
    uint8_t boot_id[8];
};

static inline void lapak_get_hello_ack_message(const uint8_t *bytes, struct lapak_hello_ack_message *value)
{
    memcpy(value->boot_id, bytes + 0, 8);
}

#define LAPAK_GET_STATE_MESSAGE_SIZE 0

#define LAPAK_TIME_MESSAGE_SIZE 17

struct lapak_time_message {
    uint32_t unix_s;
    uint8_t may_lower;
    uint32_t counter;
    uint8_t mac[8];
};

static inline void lapak_get_time_message(const uint8_t *bytes, struct lapak_time_message *value)
{
    value->unix_s = lapak_get_u32(bytes + 0);
    value->may_lower = lapak_get_u8(bytes + 4);
    value->counter = lapak_get_u32(bytes + 5);
    memcpy(value->mac, bytes + 9, 8);
}

#define LAPAK_FLOOR_MESSAGE_SIZE 20

struct lapak_floor_message {
    uint32_t serial_floor;
    uint32_t key_epoch;
    uint32_t counter;
    uint8_t mac[8];
};

static inline void lapak_get_floor_message(const uint8_t *bytes, struct lapak_floor_message *value)
{
    value->serial_floor = lapak_get_u32(bytes + 0);
    value->key_epoch = lapak_get_u32(bytes + 4);
    value->counter = lapak_get_u32(bytes + 8);
    memcpy(value->mac, bytes + 12, 8);
}

#define LAPAK_AUTH_OK_MESSAGE_SIZE 18

struct lapak_auth_ok_message {
    uint16_t scan;
    uint32_t serial;
    uint32_t counter;
    uint8_t mac[8];
};

static inline void lapak_get_auth_ok_message(const uint8_t *bytes, struct lapak_auth_ok_message *value)
{
    value->scan = lapak_get_u16(bytes + 0);
    value->serial = lapak_get_u32(bytes + 2);
    value->counter = lapak_get_u32(bytes + 6);
    memcpy(value->mac, bytes + 10, 8);
}

#define LAPAK_AUTH_NO_MESSAGE_SIZE 7

struct lapak_auth_no_message {
    uint16_t scan;
    uint32_t serial;
    uint8_t refusal;
};

static inline void lapak_get_auth_no_message(const uint8_t *bytes, struct lapak_auth_no_message *value)
{
    value->scan = lapak_get_u16(bytes + 0);
    value->serial = lapak_get_u32(bytes + 2);
    value->refusal = lapak_get_u8(bytes + 6);
}

#define LAPAK_CANCEL_MESSAGE_SIZE 4

struct lapak_cancel_message {
    uint32_t serial;
};

static inline void lapak_get_cancel_message(const uint8_t *bytes, struct lapak_cancel_message *value)
{
    value->serial = lapak_get_u32(bytes + 0);
}

#define LAPAK_VOID_MESSAGE_SIZE 16

struct lapak_void_message {
    uint32_t serial;
    uint32_t counter;
    uint8_t mac[8];
};

static inline void lapak_get_void_message(const uint8_t *bytes, struct lapak_void_message *value)
{
    value->serial = lapak_get_u32(bytes + 0);
    value->counter = lapak_get_u32(bytes + 4);
    memcpy(value->mac, bytes + 8, 8);
}

#define LAPAK_OUTCOME_ACK_MESSAGE_SIZE 17

struct lapak_outcome_ack_message {
    uint32_t serial;
    uint8_t unit;
    uint32_t counter;
    uint8_t mac[8];
};

static inline void lapak_get_outcome_ack_message(const uint8_t *bytes, struct lapak_outcome_ack_message *value)
{
    value->serial = lapak_get_u32(bytes + 0);
    value->unit = lapak_get_u8(bytes + 4);
    value->counter = lapak_get_u32(bytes + 5);
    memcpy(value->mac, bytes + 9, 8);
}

#define LAPAK_UPDATE_BEGIN_MESSAGE_SIZE 52

struct lapak_update_begin_message {
    uint32_t firmware;
    uint32_t size;
    uint8_t digest[32];
    uint32_t counter;
    uint8_t mac[8];
};

static inline void lapak_get_update_begin_message(const uint8_t *bytes, struct lapak_update_begin_message *value)
{
    value->firmware = lapak_get_u32(bytes + 0);
    value->size = lapak_get_u32(bytes + 4);
    memcpy(value->digest, bytes + 8, 32);
    value->counter = lapak_get_u32(bytes + 40);
    memcpy(value->mac, bytes + 44, 8);
}

#define LAPAK_UPDATE_DATA_MESSAGE_SIZE 196

struct lapak_update_data_message {
    uint32_t offset;
    uint8_t bytes[192];
};

static inline void lapak_get_update_data_message(const uint8_t *bytes, struct lapak_update_data_message *value)
{
    value->offset = lapak_get_u32(bytes + 0);
    memcpy(value->bytes, bytes + 4, 192);
}

#define LAPAK_UPDATE_END_MESSAGE_SIZE 16

struct lapak_update_end_message {
    uint32_t firmware;
    uint32_t counter;
    uint8_t mac[8];
};

static inline void lapak_get_update_end_message(const uint8_t *bytes, struct lapak_update_end_message *value)
{
    value->firmware = lapak_get_u32(bytes + 0);
    value->counter = lapak_get_u32(bytes + 4);
    memcpy(value->mac, bytes + 8, 8);
}

#define LAPAK_RESTART_MESSAGE_SIZE 12

struct lapak_restart_message {
    uint32_t counter;
    uint8_t mac[8];
};

static inline void lapak_get_restart_message(const uint8_t *bytes, struct lapak_restart_message *value)
{
    value->counter = lapak_get_u32(bytes + 0);
    memcpy(value->mac, bytes + 4, 8);
}

#define LAPAK_CONFIG_MESSAGE_SIZE 28

struct lapak_config_message {
    uint32_t version;
    uint8_t slots;
    uint8_t vends_alone;
    uint16_t ask_wait_ms;
    uint16_t arm_ms;
    uint16_t motor_max_ms;
    uint16_t drop_wait_ms;
    uint16_t late_drop_ms;
    uint32_t counter;
    uint8_t mac[8];
};

static inline void lapak_get_config_message(const uint8_t *bytes, struct lapak_config_message *value)
{
    value->version = lapak_get_u32(bytes + 0);
    value->slots = lapak_get_u8(bytes + 4);
    value->vends_alone = lapak_get_u8(bytes + 5);
    value->ask_wait_ms = lapak_get_u16(bytes + 6);
    value->arm_ms = lapak_get_u16(bytes + 8);
    value->motor_max_ms = lapak_get_u16(bytes + 10);
    value->drop_wait_ms = lapak_get_u16(bytes + 12);
    value->late_drop_ms = lapak_get_u16(bytes + 14);
    value->counter = lapak_get_u32(bytes + 16);
    memcpy(value->mac, bytes + 20, 8);
}

#define LAPAK_TEST_MOTOR_MESSAGE_SIZE 13

struct lapak_test_motor_message {
    uint8_t slot;
    uint32_t counter;
    uint8_t mac[8];
};

static inline void lapak_get_test_motor_message(const uint8_t *bytes, struct lapak_test_motor_message *value)
{
    value->slot = lapak_get_u8(bytes + 0);
    value->counter = lapak_get_u32(bytes + 1);
    memcpy(value->mac, bytes + 5, 8);
}

#endif
