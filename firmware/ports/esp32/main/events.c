// The queue between everything that happens and the one task that owns the core.
#include "events.h"

#include <string.h>

#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/task.h"

#define EVENTS_MAX 24

static QueueHandle_t queue;

void events_open(void)
{
    queue = xQueueCreate(EVENTS_MAX, sizeof(struct event));
    configASSERT(queue != NULL);
}

void events_put(enum event_kind kind, const void *bytes, size_t length)
{
    struct event event = {.kind = (uint8_t)kind};
    event.length = (uint8_t)(length < sizeof event.bytes ? length : sizeof event.bytes);
    if (event.length > 0) memcpy(event.bytes, bytes, event.length);
    xQueueSend(queue, &event, portMAX_DELAY);
}

void events_put_sensor_from_interrupt(enum lapak_sensor sensor, uint8_t slot)
{
    struct event event = {.kind = EVENT_SENSOR, .sensor = (uint8_t)sensor, .slot = slot};
    BaseType_t woken = pdFALSE;
    xQueueSendFromISR(queue, &event, &woken);
    portYIELD_FROM_ISR(woken);
}

bool events_take(struct event *event, uint32_t wait_ms)
{
    return xQueueReceive(queue, event, pdMS_TO_TICKS(wait_ms)) == pdTRUE;
}

uint32_t now_ms(void)
{
    return (uint32_t)(esp_timer_get_time() / 1000);
}
